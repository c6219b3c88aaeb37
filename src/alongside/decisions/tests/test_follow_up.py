"""After a vote: everything said has an answer, somebody sees to it, and people say what came of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.departures import follow_up as departures
from alongside.decisions.models import Contribution, Decision, ProgressNote, Rating, Reminder
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.voting import LATER, NOON, opened, proposal_of, scene, voted
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.permissions import standing_of
from alongside.people.tests.factories import browser_of, coordinator_in, person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

AFTER = LATER + timedelta(days=1)
DAY = LATER.date()


def days(due, review):
    return {"due_on": DAY + timedelta(days=due), "review_on": DAY + timedelta(days=review)}


def adopted(place, **terms):
    given = {"owner": place.sides["uses"][1], **days(30, 90), **terms}
    return voted(place, "yyyyyn", "yyyyyn", **given)


def note(decision, member, step="begun", text="We have begun.", at=AFTER):
    return actions.note_progress(
        decision=decision, membership=member, step=step, text=text, by=member.person, at=at, key=new_id()
    )


def asked(place, words="Who opens?"):
    pia = place.sides["provides"][2]
    return actions.speak(
        version=place.version, membership=pia, kind="question", text=words, by=pia.person, at=NOON, key=new_id()
    )


def answered(said, member):
    return actions.answer(
        contribution=said, membership=member, text="We take turns.", status="taken_up", seen=None,
        by=member.person, at=AFTER,
    )  # fmt: skip


def rated(decision, members, kinds, at):
    word = {"h": "helps", "w": "worries", "u": "unsure"}
    for member, kind in zip(members, kinds, strict=False):
        actions.rate(decision=decision, membership=member, kind=word[kind], by=member.person, at=at)


def titles(member, place):
    standing = standing_of(member.person, place.town, on=place.town.day_of(now()))
    assert standing is not None
    return " | ".join(need.title for need in needs_of(standing))


def address(name, decision):
    return reverse(f"decisions:{name}", args=[decision.community.slug, decision.pk])


def test_a_vote_opens_with_somebody_on_the_rolls_who_sees_to_it_and_they_are_told():
    place = scene()
    uma = place.sides["uses"][1]
    decision = opened(place, owner=uma, **days(30, 90))

    told = Notice.objects.get(key=f"owner:{decision.pk}:{uma.pk}")
    assert (decision.owner, told.person) == (uma, uma.person)
    assert "Open on Sundays" in told.body


@pytest.mark.parametrize("wrong", [days(-1, 90), days(30, 20), days(0, 0)])
def test_days_that_are_past_at_the_close_or_in_the_wrong_order_are_refused(wrong):
    with pytest.raises(actions.DaysDoNotFit):
        opened(scene(), **wrong)


def test_an_owner_stands_on_a_roll():
    place = scene()
    other = person_in(place.town, "Stella", roles=[Role.STEWARD])

    with pytest.raises(actions.NotOnTheRoll):
        opened(place, owner=other)


def test_progress_is_written_by_whoever_sees_to_it_and_by_nobody_else():
    place = scene()
    decision = adopted(place)
    owner, other = place.sides["uses"][1], place.sides["uses"][2]
    note(decision, owner)

    with pytest.raises(actions.NotTheOwner):
        note(decision, other)
    assert ProgressNote.objects.get().step == "begun"
    page = browser_of(other).get(address("decision", decision)).content.decode()
    assert "We have begun." in page
    assert "Write how far it is" not in page


def test_nobody_sees_to_what_was_not_adopted():
    place = scene()
    owner = place.sides["uses"][1]
    decision = voted(place, "nnnnny", "nnnnny", owner=owner)

    with pytest.raises(actions.NothingToSeeTo):
        note(decision, owner)
    with pytest.raises(actions.NothingToSeeTo):
        actions.name_owner(decision=decision, owner=owner, due_on=None, review_on=None, by=owner.person, at=AFTER)


def test_it_is_done_only_when_everything_people_said_has_an_answer():
    place = scene()
    said = asked(place)
    decision = adopted(place)
    owner = place.sides["uses"][1]

    with pytest.raises(actions.WordsWait) as refused:
        note(decision, owner, "done", "Open since Sunday.")
    assert refused.value.count == 1
    answered(said, owner)
    note(decision, owner, "done", "Open since Sunday.")

    told = Notice.objects.filter(key=f"done:{decision.pk}")
    assert told.count() == 12
    assert "Open since Sunday." in told[0].body
    with pytest.raises(actions.NothingToSeeTo):
        note(decision, owner, "done", "Twice.")


def test_the_database_too_takes_nothing_for_done_that_has_words_without_an_answer():
    place = scene()
    asked(place)
    decision = adopted(place)
    owner = place.sides["uses"][1]
    row: dict[str, Any] = {
        "community": place.town, "decision": decision, "membership": owner, "keyed_by": owner.person, "at": AFTER,
        "text": "x",
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressNote.objects.create(step="done", key=new_id(), **row)
    begun = ProgressNote.objects.create(step="begun", key=new_id(), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressNote.objects.filter(pk=begun.pk).update(step="done")
    Contribution.objects.update(status="answered", answered_by=owner, answered_at=AFTER)
    ProgressNote.objects.create(step="done", key=new_id(), **row)


def test_what_waits_for_an_answer_stands_with_the_owner_and_the_authors_and_both_may_answer():
    place = scene()
    said = asked(place, "Who opens the door?")
    decision = adopted(place)
    author, owner, other = place.sides["uses"][:3]

    assert "Answers are due" in titles(owner, place)
    assert "Answers are due" in titles(author, place)
    assert "Answers are due" not in titles(other, place)
    page = browser_of(owner).get(address("unanswered", decision)).content.decode()
    assert "Who opens the door?" in page
    answer = reverse("decisions:answer", args=[place.town.slug, said.pk])
    assert answer in page
    assert browser_of(other).get(answer).status_code == 403
    browser_of(owner).post(answer, {"status": "not_taken_up", "text": "Nobody can.", "seen": ""})
    assert "Answers are due" not in titles(owner, place)
    assert "Everything has an answer" in browser_of(other).get(address("unanswered", decision)).content.decode()


def test_people_say_what_came_of_it_from_the_day_of_the_review_on_and_may_think_again():
    place = scene()
    decision = adopted(place)
    uma, at = place.sides["uses"][0], LATER + timedelta(days=90)

    with pytest.raises(actions.NotYetTime):
        rated(decision, [uma], "h", LATER + timedelta(days=89))
    rated(decision, [uma], "h", at)
    rated(decision, [uma], "w", at)
    assert (Rating.objects.get().kind, Rating.objects.get().side) == ("worries", "uses")
    with pytest.raises(actions.NotOnTheRoll):
        rated(decision, [person_in(place.town, "Late")], "h", at)


def test_everybody_on_the_rolls_is_asked_once_what_came_of_it():
    place = scene()
    decision = adopted(place)

    assert actions.ask_for_ratings(at=LATER + timedelta(days=89)) == 0
    assert actions.ask_for_ratings(at=LATER + timedelta(days=90)) == 1
    assert actions.ask_for_ratings(at=LATER + timedelta(days=91)) == 0
    assert Notice.objects.filter(key=f"review:{decision.pk}").count() == 12
    assert Reminder.objects.get().about == "review"


def reviewed(place):
    """Something adopted long ago, as its page shows it today."""
    decision = adopted(place)
    today = place.town.day_of(now())
    Decision.objects.update(due_on=today, review_on=today)
    decision.refresh_from_db()
    decision.community = place.town
    return decision


def test_the_page_shows_what_both_sides_say_and_no_number_that_gives_somebody_away():
    place = scene(uses=8, provides=8)
    decision = reviewed(place)
    rated(decision, place.sides["uses"], "hhhhhw", now())
    rated(decision, place.sides["provides"], "hhh", now())

    page = browser_of(place.everybody[0]).get(address("decision", decision))
    text = page.content.decode()

    assert [voice.count for voice in page.context["rated_left"]["voices"]] == [5, 1, 0]
    assert page.context["rated_right"]["voices"] == []
    assert "Numbers that could show who said what are not told" in text
    rated(decision, place.sides["provides"], "hhhhhhwu", now())
    again = browser_of(place.everybody[0]).get(address("decision", decision)).content.decode()
    assert "On both sides, more people say it helps" in again


def test_somebody_says_what_it_does_for_them_on_the_page_and_the_owner_looks_at_it_again():
    place = scene()
    decision = reviewed(place)
    owner, uma = place.sides["uses"][1], place.sides["uses"][2]

    assert "What came of" in titles(uma, place)
    browser_of(uma).post(address("rate", decision), {"kind": "helps"})
    assert "What came of" not in titles(uma, place)
    assert Rating.objects.get().membership == uma
    assert "Look at “Open on Sundays” again" in titles(owner, place)
    browser_of(owner).post(
        address("note_progress", decision), {"step": "looked_at", "text": "We keep it.", "key": str(new_id())}
    )
    assert "Look at “Open on Sundays” again" not in titles(owner, place)
    assert browser_of(uma).get(address("note_progress", decision)).status_code == 403


def test_a_facilitator_names_somebody_later_where_nobody_sees_to_it():
    place = scene()
    decision = voted(place, "yyyyyn", "yyyyyn")
    cora, uma = coordinator_in(place.town), place.sides["uses"][3]
    assert "Nobody sees to" in titles(cora, place)
    ahead = place.town.day_of(now()) + timedelta(days=30)
    told = {"owner": str(uma.pk), "due_on": ahead.isoformat(), "review_on": ahead.isoformat()}

    past = browser_of(cora).post(address("name_owner", decision), {**told, "due_on": "2020-01-01"})
    assert "due_on" in past.context["form"].errors
    browser_of(cora).post(address("name_owner", decision), told)

    decision.refresh_from_db()
    assert (decision.owner, decision.due_on) == (uma, ahead)
    assert "Nobody sees to" not in titles(cora, place)
    assert "You see to" in titles(uma, place)


def test_a_coordinator_opens_a_vote_with_somebody_who_sees_to_it():
    place = scene()
    cora, uma = coordinator_in(place.town), place.sides["uses"][3]
    form = reverse("decisions:open_vote", args=[place.town.slug, place.proposal.pk])
    fields = browser_of(cora).get(form).context["form"]
    sent = {
        **{name: fields.initial[name].isoformat() for name in ("closes_on", "due_on", "review_on")},
        "secrecy": "secret", "share": "1/4", "threshold": "1/2", "key": str(fields.initial["key"]),
        "scrutineer_uses": str(place.sides["uses"][0].pk), "scrutineer_provides": str(place.sides["provides"][0].pk),
        "leave_out_unsaid": "on", "owner": str(uma.pk),
    }  # fmt: skip

    browser_of(cora).post(form, sent)

    made = Decision.objects.get()
    assert (made.owner, made.review_on) == (uma, fields.initial["review_on"])


def test_of_who_is_erased_the_words_go_and_of_two_records_the_later_word_counts():
    place = scene()
    decision = reviewed(place)
    owner, other = place.sides["uses"][1], place.sides["uses"][2]
    note(decision, owner)
    rated(decision, [owner], "h", now())
    rated(decision, [other], "w", now() + timedelta(seconds=1))
    assert departures.export(owner.person)["notes_on_decisions"][0]["text"] == "We have begun."

    departures.merge(kept=owner, dropped=other, by=owner.person, at=AFTER)
    assert (Rating.objects.get().membership, Rating.objects.get().kind) == (owner, "worries")
    departures.erase(owner.person, by=None, at=AFTER)

    assert (ProgressNote.objects.get().text, Rating.objects.exists()) == ("", False)


def test_a_second_proposal_waits_for_nothing_of_the_first():
    place = scene()
    asked(place)
    other, _version = proposal_of(place.sides["uses"][0], "Another")
    other.community = place.town

    assert actions.unanswered(other).count() == 0
    assert actions.unanswered(place.proposal).count() == 1
