"""Who is kept apart never meets by a search, and nothing that a page, a clash or a list shows is otherwise for it."""

from typing import Any

import pytest
from django.test import Client

from alongside.kernel.ids import new_id
from alongside.people.tests.factories import browser_of
from alongside.rota import actions
from alongside.rota.eligible import who_may_take
from alongside.rota.models import Swap, Version
from alongside.rota.planning import pairs_of, plan_of
from alongside.rota.rules.discreet import find
from alongside.rota.saying import result_of, told
from alongside.rota.tests.scenes import NOON, Nursery, duty_in, duty_of, held_in, stands, url
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import PutTogether, Together
from alongside.safeguarding.tasks import compare
from tests.architecture.test_permissions import rolled_back

pytestmark = pytest.mark.django_db
TWO_A_DAY = {"most_a_week": None, "owed": None, "fair_within": None, "spacing": None}


def nursery(families: int, parents: int = 2, **says: Any) -> Nursery:
    here = Nursery(families, says={**TWO_A_DAY, **says}, parents=parents)
    for lead in ("Lea", "Lars"):
        made = here.member(lead)
        safeguarding.name_lead(membership=made, ends_on=NOON.date().replace(year=2027), by=here.stella.person, at=NOON)
    return here


def kept_apart(here: Nursery, one: Any, other: Any) -> None:
    safeguarding.keep_apart(one=one, other=other, reason="x", by=here.member("Lea").person, at=NOON)


def days_together(rota: Any, one: Any, other: Any) -> set[Any]:
    days = [{each.duty.day for each in held_in(rota) if each.membership_id == who.pk} for who in (one, other)]
    return days[0] & days[1]


def test_two_who_are_kept_apart_never_meet_and_the_rota_is_told_of_as_any_other():
    here = nursery(4)
    one, other = here.parents[:2]
    kept_apart(here, one, other)

    version = here.searched(rota := here.rota())

    assert days_together(rota, one, other) == set()
    assert version.open_places == 0
    assert result_of(version).startswith("No rota can")
    assert version.told == []


def test_where_they_would_have_to_meet_a_place_stays_open_as_when_time_ran_out():
    here = nursery(2)
    kept_apart(here, *here.parents)

    version = here.searched(rota := here.rota())

    assert days_together(rota, *here.parents) == set()
    assert (version.result, version.told, version.gap) == ("open", [], None)
    assert version.open_places == 20


def test_a_search_that_finds_nothing_because_of_a_pair_takes_as_long_as_one_that_ran_out_of_time():
    here = nursery(2)
    kept_apart(here, *here.parents)
    plan = plan_of(here.rota(), at=NOON, for_search=True)
    waited: list[float] = []
    assert plan.problem is not None

    find(plan.problem, pairs_of(plan), seconds=50, wait=waited.append)

    assert waited
    assert waited[0] > 40


def test_a_clash_is_explained_in_the_same_words_with_and_without_a_pair():
    here = nursery(3, owed=[{"name": "full time", "least": 20}], owed_each="rota")
    rota = here.rota()
    looks = []
    for pair in (False, True):
        with rolled_back():
            if pair:
                kept_apart(here, *here.parents[:2])
            version = here.searched(rota)
            looks.append((version.result, version.told, told(version, plan_of(stands(rota), at=NOON))))

    assert looks[0] == looks[1]
    assert looks[0][0] == Version.Result.IMPOSSIBLE
    assert "apart" not in str(looks[0])


def test_nobody_is_missing_from_those_who_may_take_a_duty_and_no_warning_is_given():
    here = nursery(4)
    rota = here.published()
    first, second = (one.membership for one in held_in(rota)[:2])
    free = next(parent for parent in here.parents if parent.pk not in {first.pk, second.pk})
    kept_apart(here, first, free)

    plan = plan_of(stands(rota), at=NOON)
    takers = who_may_take(plan, duty_in(rota), gone=duty_of(rota, second))
    made = actions.place(duty=duty_in(rota), membership=free, instead_of=held_in(rota)[1], by=here.cora.person, at=NOON)

    assert free.pk in {one.pk for one in takers}
    assert made.membership_id == free.pk


def test_whoever_comes_together_by_hand_is_written_down_and_leads_alone_are_told():
    here = nursery(4)
    rota = here.published()
    first, second = (one.membership for one in held_in(rota)[:2])
    free = next(parent for parent in here.parents if parent.pk not in {first.pk, second.pk})
    PutTogether.objects.all().delete()
    actions.place(duty=duty_in(rota), membership=free, instead_of=held_in(rota)[1], by=here.cora.person, at=NOON)

    assert PutTogether.objects.count() == 1
    kept_apart(here, first, free)
    compare(NOON)
    assert Together.objects.count() == 1
    assert not here.told(here.cora, "Something for you as a safeguarding lead")


def test_what_was_put_together_by_hand_stays_and_other_days_are_kept_apart():
    here = nursery(4)
    one, other = here.parents[:2]
    rota = here.rota()
    for parent in (one, other):
        actions.place(duty=duty_in(rota), membership=parent, by=here.cora.person, at=NOON)
    kept_apart(here, one, other)

    version = here.searched(rota)

    assert version.open_places == 0
    assert days_together(rota, one, other) == {duty_in(rota).day}


def look_around(here: Nursery, rota: Any, browsers: dict[str, Client]) -> dict[str, Any]:
    """What a parent, a coordinator and a steward see on every page of a rota."""
    town, program = here.town, here.program
    duty, one = duty_in(rota), held_in(rota)[0]
    pages = [
        url("home", town), url("rota", town, rota.pk), url("on_paper", town, rota.pk), url("duty", town, duty.pk),
        url("mine", town), url("my_family", town, program.pk), url("ledger", town, program.pk),
        url("place", town, duty.pk), url("ask_swap", town, one.pk), url("make", town, program.pk),
        *(url(name, town, swap.pk) for swap in Swap.objects.all() for name in ("swap", "offer_exchange", "give_swap")),
    ]  # fmt: skip
    found = {}
    for name, browser in browsers.items():
        for page in pages:
            answer = browser.get(page)
            words = answer.content.decode()
            found[f"{name} {page}"] = (answer.status_code, _without_what_is_made_anew(words))
    return found


def _without_what_is_made_anew(words: str) -> str:
    import re

    for made in (r'nonce="[^"]*"', r'value="[A-Za-z0-9]{64}"', r'name="key" value="[^"]*"', r"X-CSRFToken[^}]*}"):
        words = re.sub(made, "", words)
    return words


def test_no_page_of_a_rota_is_otherwise_when_there_is_a_pair():
    here = nursery(4)
    rota = here.published()
    first, second = (one.membership for one in held_in(rota)[:2])
    browsers = {name: browser_of(who) for name, who in (("one", first), ("cora", here.cora), ("stella", here.stella))}
    hers = {one.duty_id for one in held_in(rota) if one.membership_id == first.pk}
    theirs = next(one for one in held_in(rota) if one.membership_id == second.pk and one.duty_id not in hers)
    actions.ask_swap(assignment=theirs, by=second.person, at=NOON, key=new_id(), asked_of=first, takes_back=True)
    before = look_around(here, rota, browsers)
    kept_apart(here, first, second)

    after = look_around(here, rota, browsers)

    assert [name for name in before if before[name] != after[name]] == []
    assert len(before) == 39
    assert sum(status == 200 for status, _words in before.values()) > 25


def test_progress_says_the_same_words_however_many_searches_there_are():
    """What was found once is never looked for again: a second search would tell of a pair."""
    from alongside.rota.rules.hunting import Progress
    from alongside.rota.tasks import _telling

    said: list[str] = []
    tell = _telling(lambda done, total, words: said.append(words.split(",")[0].split(":")[0]), 30)
    for cost in (None, 5, None, 7):
        tell(Progress(cost, None, 0.1))

    assert said == ["Looking for a rota", "Found one", "Found one", "Found one"]
