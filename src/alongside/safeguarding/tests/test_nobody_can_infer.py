"""From the attacker's chair: every page of the house, every file and every answer, with and without a pair.

Thea looks at everything that a member may open, a coordinator and a steward at everything that they may. Then Thea and
Dana are kept apart, sign up for the same tea, and the leads are told. Every answer must be the same, byte for byte.
"""

import json
import re
from collections.abc import Container, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.exporting import everything_of
from alongside.people.models import Person
from alongside.people.tests.factories import browser_of, person_in
from alongside.safeguarding import actions, apart
from alongside.safeguarding.models import KeptApart, Together
from alongside.safeguarding.tasks import compare
from tests.architecture.test_permissions import LISTED, ROWS, Door, rolled_back
from tests.support.cast import Cast
from tests.support.samples import filled_in
from tests.support.towns import Towns

OUTSIDERS = ("themself", "coordinator", "steward")
# Made anew for every answer: tokens against forged forms, keys of forms, nonces, questions to a passkey.
ANEW = [
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'"X-CSRFToken": ?"[^"]*"|X-CSRFToken&quot;: ?&quot;[^&]*&quot;'),
    re.compile(rb'name="(?:[\w-]+-)?key" value="[^"]*"'),
    re.compile(rb'nonce="[^"]*"'),
    re.compile(rb'"challenge": "[^"]*"'),
]
SAME_HEADERS = ("Content-Type", "Location", "Cache-Control", "Content-Disposition")
# Some addresses make something at once and lead to it.
NEW_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Answers = dict[str, Any]
ROOMS = {name.split(":")[0] for name in ROWS}


@pytest.fixture(scope="module")
def cast(towns: Towns, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock(), towns.copy() as made, rolled_back():
        lea = made.home.members["lead"].person
        lea.preferred_channel, lea.phone = Person.PreferredChannel.PHONE, "0700 900 300"
        lea.save()
        yield made


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands still, so that both looks see the same moment."""
    moment = now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


def seen(answer: Any) -> tuple[int, list[str], bytes]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for made_anew in ANEW:
        body = made_anew.sub(b"", body)
    headers = {name: answer.headers.get(name, "") for name in SAME_HEADERS}
    return answer.status_code, [NEW_ID.sub("", each) for each in headers.values()], body


def look_around(cast: Cast, names: tuple[str, ...], rooms: Container[str] = ROOMS) -> Answers:
    """Every answer of every address of these rooms in the table, to each of these people, by address and method."""
    doors = {actor.name: Door(actor) for actor in cast.actors if actor.name in names}
    return {
        f"{name}: {method} {address.url_name}": seen(door.knock(method, filled_in(address, cast.home)))
        for address in LISTED
        if address.url_name.split(":")[0] in rooms
        for method in sorted(ROWS[address.url_name].methods)
        for name, door in doors.items()
    }


def put_thea_and_dana_apart(cast: Cast) -> None:
    """They are kept apart, and come together all the same."""
    home = cast.home
    thea, dana, lea = (home.members[word] for word in ("themself", "delegate", "lead"))
    at = now()
    pair = actions.keep_apart(one=thea, other=dana, reason="Because of the summer.", by=lea.person, at=at)
    where = apart.Where(key="tests.tea:9", title="Tea on Friday", day=home.community.day_of(at))
    apart.note_together([thea.person_id, dana.person_id], community=home.community, where=where, at=at)
    compare(at)
    assert Together.objects.filter(apart=pair).exists()


def differing(before: Answers, after: Answers) -> list[str]:
    return [name for name in before if before[name] != after[name]]


# Every page twice takes long: the quick run and PostgreSQL look as whoever sees most.
@pytest.mark.parametrize(
    "outsider",
    [
        "coordinator",
        pytest.param("themself", marks=[pytest.mark.all_variants, pytest.mark.one_database]),
        pytest.param("steward", marks=[pytest.mark.all_variants, pytest.mark.one_database]),
    ],
)
def test_no_page_answers_otherwise_when_there_is_a_pair(cast: Cast, still: datetime, outsider: str) -> None:
    with rolled_back():
        before = look_around(cast, (outsider,))
        put_thea_and_dana_apart(cast)
        after = look_around(cast, (outsider,))

    assert len(before) > 200
    assert differing(before, after) == []


def test_the_same_comparison_finds_the_pages_of_a_lead(cast: Cast, still: datetime) -> None:
    """So the comparison is none that cannot fail."""
    with rolled_back():
        before = look_around(cast, ("lead",), {"safeguarding", "notices"})
        put_thea_and_dana_apart(cast)
        after = look_around(cast, ("lead",), {"safeguarding", "notices"})

    assert "lead: GET safeguarding:apart" in differing(before, after)
    assert "lead: GET notices:list" in differing(before, after)


def searches_and_pages_of_both(cast: Cast, name: str) -> Answers:
    """What is found by either name or the reason, and the page of each of the two."""
    home = cast.home
    browser = browser_of(home.members[name])
    slug = home.community.slug
    urls = [f"{reverse('web:search', args=[slug])}?q={word}" for word in ("Thea", "Dana", "apart", "summer", "Tea")]
    urls += [f"{reverse('people:members', args=[slug])}?q=Dana", f"{reverse('people:members', args=[slug])}?q=Thea"]
    for word in ("themself", "delegate"):
        member = home.members[word]
        for page in ("people:member", "safeguarding:checks", "strengths:profile", "people:helpers"):
            urls.append(reverse(page, args=[slug, member.pk]))
    return {url: seen(browser.get(url)) for url in urls}


@pytest.mark.parametrize("outsider", [*OUTSIDERS, "delegate"])
def test_no_search_and_no_page_of_the_two_tells(cast: Cast, still: datetime, outsider: str) -> None:
    with rolled_back():
        before = searches_and_pages_of_both(cast, outsider)
        put_thea_and_dana_apart(cast)
        after = searches_and_pages_of_both(cast, outsider)

    assert differing(before, after) == []


@pytest.mark.parametrize("word", [*OUTSIDERS, "delegate", "commissioner"])
def test_no_file_of_everything_tells(cast: Cast, still: datetime, word: str) -> None:
    person = cast.home.members[word].person
    with rolled_back():
        before = json.dumps(everything_of(person), default=str)
        put_thea_and_dana_apart(cast)
        after = json.dumps(everything_of(person), default=str)

    assert after == before


def pages_of_pairs(cast: Cast, pair_id: Any) -> list[tuple[str, str]]:
    slug = cast.home.community.slug
    return [
        ("get", reverse("safeguarding:apart", args=[slug])),
        ("get", reverse("safeguarding:pair", args=[slug, pair_id])),
        ("post", reverse("safeguarding:end_apart", args=[slug, pair_id])),
        ("post", reverse("safeguarding:forget_apart", args=[slug, pair_id])),
        ("post", reverse("safeguarding:seen_together", args=[slug, pair_id])),
    ]


@pytest.mark.parametrize("word", [*OUTSIDERS, "commissioner"])
def test_a_pair_that_is_there_and_one_that_is_not_are_refused_alike(cast: Cast, still: datetime, word: str) -> None:
    there, nowhere = KeptApart.objects.of(cast.home.community).first(), "01900000-0000-7000-8000-000000000000"
    assert there is not None
    browser = browser_of(cast.home.members[word])

    def answers(pair_id: Any) -> list[tuple[int, list[str], bytes, list[str]]]:
        found = []
        for method, url in pages_of_pairs(cast, pair_id):
            with CaptureQueriesContext(connection) as caught:
                answer = getattr(browser, method)(url)
            status, headers, body = seen(answer)
            found.append((status, headers, body.replace(str(pair_id).encode(), b""), [q["sql"] for q in caught]))
        return found

    first, second = answers(there.pk), answers(nowhere)
    assert [each[:3] for each in first] == [each[:3] for each in second]
    assert {each[0] for each in first} == {403}
    for *_answer, statements in first + second:
        assert [sql for sql in statements if "keptapart" in sql or "safeguarding_together" in sql] == []


def test_a_lead_who_is_one_of_the_two_sees_no_more_than_others(cast: Cast, still: datetime) -> None:
    home = cast.home
    slug, at = home.community.slug, now()
    lars, today = person_in(home.community, "Lars"), home.community.day_of(at)
    with rolled_back():
        actions.name_lead(membership=lars, ends_on=today, by=home.members["steward"].person, at=at)
        browser = browser_of(home.members["lead"])
        urls = [reverse("safeguarding:apart", args=[slug]), reverse("safeguarding:home", args=[slug])]
        before = [seen(browser.get(url)) for url in urls]
        pair = actions.keep_apart(
            one=home.members["lead"], other=home.members["delegate"], reason="x", by=lars.person, at=at
        )

        assert [seen(browser.get(url)) for url in urls] == before
        for method, url in pages_of_pairs(cast, pair.pk)[1:]:
            assert getattr(browser, method)(url).status_code == 404


@pytest.mark.parametrize("pair", [False, True])
def test_joining_and_erasing_either_of_them_is_never_refused(cast: Cast, still: datetime, pair: bool) -> None:
    home, at = cast.home, now()
    ida, ivo, twice = (person_in(home.community, name) for name in ("Ines", "Igor", "Ines twice"))
    cora = home.members["coordinator"].person
    with rolled_back():
        if pair:
            for one, other in ((ida, ivo), (twice, ivo), (ida, twice)):
                actions.keep_apart(one=one, other=other, reason="x", by=home.members["lead"].person, at=at)
        kept = people.merge_members(one=ida, other=twice, by=cora, at=at)
        people.erase_person(person=ivo.person, by=cora, at=at)
        people.erase_person(person=kept.person, by=cora, at=at)

        assert not KeptApart.objects.filter(one__in=[ida.person, ivo.person, twice.person]).exists()


def test_a_stranger_is_sent_to_sign_in(cast: Cast) -> None:
    for method, url in pages_of_pairs(cast, "01900000-0000-7000-8000-000000000000"):
        assert getattr(Client(), method)(url).status_code == 302
