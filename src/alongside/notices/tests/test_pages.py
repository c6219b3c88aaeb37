"""A person's own pages: looking changes nothing; one person never sees another's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.kernel.models import Progress
from alongside.notices.departing import erase, export, merge
from alongside.notices.models import Choice, Delivery, Notice, chosen
from alongside.notices.tests.factories import by_email, thank
from alongside.people.models import Community, Membership
from alongside.people.tests.factories import NOON, browser_of, community, people_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Community:
    return community()


def test_looking_at_notices_marks_none_as_read(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    thank(amina.person, town)

    page = browser_of(amina).get(reverse("notices:list", args=[town.slug])).content.decode()

    assert "Ben thanks you" in page
    assert Notice.objects.get().read_at is None


def test_opening_marks_as_read_and_leads_where_it_points(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    notice, other = thank(amina.person, town, link="/c/maple-street/"), thank(amina.person, town)

    answer = browser_of(amina).post(reverse("notices:open", args=[town.slug, notice.pk]))

    assert answer["Location"] == "/c/maple-street/"
    assert list(Notice.objects.unread()) == [other]


def test_all_can_be_marked_as_read_at_once_but_not_those_still_quiet(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    thank(amina.person, town)
    quiet = thank(amina.person, town, at=now(), after_seconds=10)

    browser_of(amina).post(reverse("notices:read_all", args=[town.slug]))

    assert list(Notice.objects.unread()) == [quiet]


def test_nobody_opens_the_notice_of_another(town: Community) -> None:
    amina, ben = people_in(town, "Amina", "Ben")
    notice = thank(amina.person, town)

    answer = browser_of(ben).post(reverse("notices:open", args=[town.slug, notice.pk]))

    assert answer.status_code == 404
    assert Notice.objects.get().read_at is None


def test_older_notices_are_a_page_away(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    for number in range(31):
        thank(amina.person, town, title=f"Thanks number {number}.")
    browser, address = browser_of(amina), reverse("notices:list", args=[town.slug])

    newest = browser.get(address)
    older = browser.get(address + newest.context["older_url"])

    assert "Thanks number 0." not in newest.content.decode()
    assert [notice.title for notice in older.context["notices"]] == ["Thanks number 0."]


@pytest.mark.parametrize("nonsense", ["x", "1", "%00", "ffffffff-ffff-ffff-ffff-ffffffffffff"])
def test_a_nonsense_page_is_just_a_page(town: Community, nonsense: str) -> None:
    (amina,) = people_in(town, "Amina")

    answer = browser_of(amina).get(reverse("notices:list", args=[town.slug]) + f"?before={nonsense}")

    assert answer.status_code == 200


def test_choices_are_kept_as_chosen(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    browser, address = browser_of(amina), reverse("notices:choices", args=[town.slug])
    questions = browser.get(address).context["form"].fields

    browser.post(address, {"in_all": "at_once", "tests.thanks": "daily"})

    assert dict(Choice.objects.values_list("kind", "when")) == {"": "at_once", "tests.thanks": "daily"}
    assert "tests.alarm" not in questions
    assert "notices.summary" not in questions


def test_one_answer_is_for_all_kinds_that_have_none_of_their_own(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    browser, address = browser_of(amina), reverse("notices:choices", args=[town.slug])
    browser.post(address, {"in_all": "at_once", "tests.thanks": "never", "tests.secret": "at_once"})

    browser.post(address, {"in_all": "daily", "tests.thanks": "never", "tests.secret": ""})

    wanted = [chosen(amina.person, town.pk, kind) for kind in ("tests.thanks", "tests.secret", "timebank.limits")]
    assert wanted == ["never", "daily", "daily"]


def test_rooms_are_folded_unless_something_in_them_is_chosen_otherwise(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    browser, address = browser_of(amina), reverse("notices:choices", args=[town.slug])
    browser.post(address, {"in_all": "daily", "timebank.limits": "never", "decisions.hands": "daily"})

    rooms = browser.get(address).context["form"].rooms

    assert {str(room.label): room.otherwise for room in rooms if room.otherwise} == {"Hours": 1}


def test_everything_can_be_stopped_with_one_button(town: Community) -> None:
    (amina,) = people_in(town, "Amina")

    browser_of(amina).post(reverse("notices:stop_all", args=[town.slug]))

    assert [(choice.kind, choice.when) for choice in Choice.objects.all()] == [("", "never")]


def watched(person: Membership, **state: object) -> Progress:
    begun = {"title": "Moving in", "made_at": now(), "heard_at": now()} | state
    return Progress.objects.create(work="tests.work", person_id=person.person.pk, **begun)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        pytest.param({}, "waiting to start", id="not begun"),
        pytest.param(
            {"state": "running", "done": 40, "total": 100, "words": "Read 40 of 100 rows"}, "Read 40 of 100", id="going"
        ),
        pytest.param({"state": "done", "words": "All in.", "result_url": "/c/x/"}, "See the result", id="done"),
        pytest.param({"state": "failed", "words": "Row 7 has no name."}, "Row 7 has no name.", id="refused"),
        pytest.param({"state": "failed"}, "Something went wrong on our side.", id="fault"),
        pytest.param({"heard_at": NOON - timedelta(days=365)}, "We have not heard", id="silent"),
    ],
)
def test_long_work_says_how_it_stands(town: Community, state: dict[str, object], words: str) -> None:
    (amina,) = people_in(town, "Amina")
    work = watched(amina, **state)

    assert words in browser_of(amina).get(reverse("notices:progress", args=[work.pk])).content.decode()


def test_a_running_work_asks_again_and_a_finished_one_does_not(town: Community) -> None:
    (amina,) = people_in(town, "Amina")
    browser, quickened = browser_of(amina), {"HX-Request": "true"}
    work = watched(amina, state="running")
    address = reverse("notices:progress", args=[work.pk])

    going = browser.get(address, headers=quickened)
    Progress.objects.update(state="done")
    over = browser.get(address, headers=quickened)

    assert "hx-get" in going.content.decode()
    assert "HX-Refresh" not in going
    assert "hx-get" not in over.content.decode()
    assert over["HX-Refresh"] == "true"


def test_nobody_watches_the_work_of_another(town: Community) -> None:
    amina, ben = people_in(town, "Amina", "Ben")
    work = watched(amina)

    assert browser_of(ben).get(reverse("notices:progress", args=[work.pk])).status_code == 404
    assert browser_of(ben).get(reverse("notices:progress", args=[new_id()])).status_code == 404


def test_a_person_takes_their_notices_along_and_leaves_none_behind(town: Community) -> None:
    amina = by_email(town)
    thank(amina, town)

    tables = export(amina)
    erase(amina, by=amina, at=NOON)

    assert tables["notices"][0]["title"] == "Ben thanks you"
    assert tables["deliveries"][0]["way"] == "email"
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_two_records_of_one_person_end_with_all_notices_once(town: Community) -> None:
    kept, dropped = people_in(town, "Amina", "Amina B")
    for membership in (kept, dropped):
        thank(membership.person, town, key="same")
    thank(dropped.person, town, key="other")

    merge(kept=kept, dropped=dropped, by=kept.person, at=NOON)

    assert sorted(Notice.objects.filter(person=kept.person).values_list("key", flat=True)) == ["other", "same"]
    assert Notice.objects.count() == 2
