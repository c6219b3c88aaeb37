"""Plans: one step at a time, never silently unsure, and read by nobody whom the person did not choose."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people import departures
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, coordinator_in, person_in
from alongside.wellbeing import actions
from alongside.wellbeing.models import ActionStep, Goal, PlanShare
from alongside.wellbeing.tests.scenes import NOON, WEEK, Place, asked_to_write, step_of, took_place, url

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SECRET = "Sleep without the pills"


def goal_of(membership, words=SECRET, **about):
    return actions.add_goal(membership=membership, words=words, by=membership.person, at=NOON, key=uuid4(), **about)


def keep(step, at=NOON):
    return actions.keep_step(step=step, by=step.membership.person, at=at)


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.mark.parametrize("confidence", [0, 6])
def test_an_unsure_step_cannot_be_kept_silently(place, confidence):
    step = step_of(place.mara, confidence=confidence)

    with pytest.raises(actions.StillMissing) as refusal:
        keep(step)

    assert refusal.value.part == "easier"
    assert ActionStep.objects.get().kept_at is None


def test_an_unsure_step_is_kept_with_what_makes_it_easier_or_changed(place):
    step = step_of(place.mara, confidence=5, easier="Go with Ana")
    assert keep(step).kept_at == NOON


def test_who_is_less_sure_than_before_is_asked_again(place):
    step = step_of(place.mara, confidence=5, easier="Go with Ana")

    step = actions.answer_step(step=step, part="confidence", value=2, by=place.mara.person, at=NOON)

    assert step.easier == ""


def test_the_database_refuses_a_step_kept_unsure(place):
    step = step_of(place.mara, confidence=5)

    with pytest.raises(IntegrityError, match="step_kept_unsure"), transaction.atomic():
        ActionStep.objects.filter(pk=step.pk).update(kept_at=NOON)


def test_last_weeks_step_comes_first(place):
    step = keep(step_of(place.mara))

    with pytest.raises(actions.LookBackFirst):
        actions.begin_step(membership=place.mara, by=place.mara.person, at=NOON + WEEK)

    actions.look_back(step=step, outcome="partly", words="It rained", by=place.mara.person, at=NOON + WEEK)
    assert step_of(place.mara, NOON + WEEK).pk != step.pk


def test_the_page_asks_one_thing_after_the_other_and_goes_on_where_one_stopped(place):
    mara = browser_of(place.mara)
    mara.post(url("begin_step", place.town))
    for part, answer in (("what", "Walk"), ("how_much", "To the mill"), ("when", "Mornings"), ("how_often", "Twice")):
        page = mara.get(url("next_part", place.town), follow=True)
        assert page.redirect_chain[-1][0] == url("step_part", place.town, part)
        mara.post(page.redirect_chain[-1][0], {"answer": answer})
    mara.post(url("step_part", place.town, "confidence"), {"answer": "0"})

    kept = mara.post(url("keep_step", place.town))

    assert kept["Location"] == url("step_part", place.town, "easier")
    mara.post(kept["Location"], {"answer": "Only to the corner"})
    mara.post(url("keep_step", place.town))
    assert "Only to the corner" in mara.get(url("plan", place.town)).content.decode()


def everybody_but(place):
    """Browsers of people who might like to know: none of them was chosen."""
    town = place.town
    delegate = person_in(town, "Dana")
    asked_to_write(place.mara, delegate, ability="timebank.see")
    asked_to_write(place.mara, None, ability="decisions.speak")
    return {
        "member": person_in(town, "Ben"),
        "coordinator": place.cora,
        "steward": person_in(town, "Stella", roles=[Role.STEWARD]),
        "visitor": place.vera,
        "delegate": delegate,
    }


def test_nobody_reads_a_plan_or_a_wish_whom_its_person_did_not_choose(place):
    goal = goal_of(place.mara)
    keep(step_of(place.mara, what=SECRET))
    series = place.visits()
    visit = took_place(series)
    wish = actions.wish(series=series, words=SECRET, is_shown=False, by=place.mara.person, at=NOON, key=uuid4())
    other = place.visits(person_in(place.town, "Other family"))
    share = actions.show_plan(membership=place.mara, reader=other.membership, by=place.mara.person, at=NOON)
    pages = [
        url("plan", place.town), url("plan_on_paper", place.town), url("week", place.town), url("visits", place.town),
        url("goal", place.town, goal.pk), url("end_goal", place.town, goal.pk), url("look_back", place.town),
        url("shown_plan", place.town, share.pk), url("series", place.town, series.pk),
        url("settle_visit", place.town, visit.pk), url("wish", place.town, series.pk), url("caseload", place.town),
        url("hand_over", place.town, series.pk), url("set_the_day", place.town, series.pk),
    ]  # fmt: skip

    for who, member in everybody_but(place).items():
        browser = browser_of(member)
        for acts_for in (False, True):
            if acts_for:
                browser.post(f"/c/{place.town.slug}/people/acting/", {"membership": place.mara.pk, "channel": "phone"})
                session = browser.session
                session["acting_for"] = {"membership": str(place.mara.pk), "channel": "phone"}
                session.save()
            for page in pages:
                assert SECRET not in browser.get(page).content.decode(), (who, acts_for, page)
        assert browser.post(url("take_wish_back", place.town, wish.pk)).status_code in {403, 404}, who
        assert browser.post(url("tell_share", place.town, visit.pk), {"about_mine": "most"}).status_code != 200
    visit.refresh_from_db()
    assert (visit.about_mine, SECRET in browser_of(place.mara).get(pages[0]).content.decode()) == ("", True)


def test_whoever_is_chosen_reads_the_plan_until_the_person_stops(place):
    goal_of(place.mara)
    ben = person_in(place.town, "Ben")
    share = actions.show_plan(membership=place.mara, reader=ben, by=place.mara.person, at=NOON)
    page = url("shown_plan", place.town, share.pk)
    assert SECRET in browser_of(ben).get(page).content.decode()

    browser_of(place.mara).post(url("stop_showing", place.town, share.pk))

    assert browser_of(ben).get(page).status_code == 404


def test_nobody_shows_a_plan_for_somebody_else(place):
    with pytest.raises(actions.CannotBeShown):
        actions.show_plan(membership=place.mara, reader=place.cora, by=place.cora.person, at=NOON)

    assert not PlanShare.objects.exists()


def acting(place, helper):
    browser = browser_of(helper)
    browser.get(url("plan", place.town))
    session = browser.session
    session["acting_for"] = {"membership": str(place.mara.pk), "channel": "phone"}
    session.save()
    return browser


def test_a_coordinator_writes_what_somebody_says_only_where_they_agreed(place, monkeypatch):
    monkeypatch.setattr("alongside.wellbeing.whose.today", lambda: NOON.date())
    monkeypatch.setattr("alongside.people.acting.today", lambda: NOON.date())
    asked_to_write(place.mara, None)

    cora = acting(place, place.cora)
    cora.post(url("add_goal", place.town), {"words": "Ring my sister", "key": str(uuid4())})

    assert Goal.objects.get().membership_id == place.mara.pk
    entry = Activity.objects.get(did="wellbeing.goal_added")
    assert (entry.by_id, entry.on_behalf_of_id, entry.channel) == (place.cora.person_id, place.mara.person_id, "phone")
    assert cora.get(url("show_plan", place.town)).status_code == 403


def test_neither_the_log_nor_a_notice_carries_a_word(place):
    goal = goal_of(place.mara)
    actions.end_goal(goal=goal, ending="reached", words=SECRET, by=place.mara.person, at=NOON)
    keep(step_of(place.mara, what=SECRET))
    actions.show_plan(membership=place.mara, reader=place.vera, by=place.mara.person, at=NOON)
    series = place.visits()
    actions.wish(series=series, words=SECRET, is_shown=True, by=place.mara.person, at=NOON, key=uuid4())
    took_place(series)

    told = [*map(str, Activity.objects.values_list()), *map(str, Notice.objects.values_list())]
    assert not [line for line in told if SECRET in line]
    assert not [
        title for title in Notice.objects.values_list("title", flat=True) if "isit" in title.replace("the visit", "")
    ]


def test_everything_is_handed_over_and_everything_goes(place):
    goal_of(place.mara)
    keep(step_of(place.mara))
    series = place.visits()
    took_place(series)
    actions.wish(series=series, words=SECRET, is_shown=False, by=place.mara.person, at=NOON, key=uuid4())
    room = next(each for each in departures.rooms() if each.room == "wellbeing")

    told = room.export(place.mara.person)
    assert (told["goals"][0]["words"], told["wishes_for_visits"][0]["words"]) == (SECRET, SECRET)
    assert (told["weekly_steps"][0]["what"], told["visits"][0]["state"]) == ("Walk", "took_place")
    assert SECRET not in str(room.export(place.vera.person))

    room.erase(place.mara.person, by=None, at=NOON)
    assert not any(any(rows) for name, rows in room.export(place.mara.person).items())


def test_who_leaves_is_shown_nothing_and_those_they_visited_wait_for_somebody(place):
    ben = person_in(place.town, "Ben")
    actions.show_plan(membership=place.mara, reader=ben, by=place.mara.person, at=NOON)
    series = place.visits()

    people.leave_community(membership=ben, by=ben.person, at=NOON)
    people.leave_community(membership=place.vera, by=place.vera.person, at=NOON)

    series.refresh_from_db()
    assert (PlanShare.objects.count(), series.visitor, series.ended_at) == (0, None, None)


def test_two_records_of_one_person_keep_one_step_at_a_time(place):
    again = person_in(place.town, "Mara again")
    step_of(place.mara)
    keep(step_of(again))
    room = next(each for each in departures.rooms() if each.room == "wellbeing")

    assert room.merge is not None
    room.merge(kept=place.mara, dropped=again, by=coordinator_in(place.town, "Cleo").person, at=NOON)

    assert ActionStep.objects.of_member(place.mara).open().count() == 1
    assert ActionStep.objects.of_member(place.mara).count() == 2
