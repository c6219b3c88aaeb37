"""Words reported, taken from view by a house rule, appealed against, and the log that everybody may read."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.decisions import actions
from alongside.decisions.departures import moderation as departures
from alongside.decisions.departures import proposals as proposal_departures
from alongside.decisions.models import Appeal, Contribution, ModerationEntry, Report
from alongside.decisions.needs import needs_of
from alongside.decisions.permissions.moderation import deciders_of
from alongside.decisions.permissions.proposals import sides_of, sides_of_each
from alongside.decisions.tests.proposals import (
    NOON,
    SOON,
    asked,
    community,
    coordinator_in,
    person_in,
    proposed,
    said,
    text_of,
    url,
)
from alongside.decisions.tests.test_proposing import undone
from alongside.kernel.channels import Channel
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, standing_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return person_in(community(), "Amina")


@pytest.fixture
def ben(amina):
    return person_in(amina.community, "Ben")


@pytest.fixture
def cora(amina):
    return coordinator_in(amina.community, "Cora")


@pytest.fixture
def stella(amina):
    return person_in(amina.community, "Stella", roles=[Role.STEWARD])


def hidden(words, moderator, *, at=NOON):
    return actions.hide(
        contribution=words,
        moderator=moderator,
        rule="respect",
        words="Please without names.",
        by=moderator.person,
        at=at,
    )


def appealed(entry):
    person = entry.contribution.membership.person
    return actions.appeal(entry=entry, text="It was a joke.", by=person, at=SOON)


def decided(appeal, decider, outcome="restored"):
    return actions.decide_appeal(
        appeal=appeal, decider=decider, outcome=outcome, why="Nobody was meant.", by=decider.person, at=SOON
    )


def test_words_taken_from_view_are_seen_nowhere_and_who_said_them_is_told_why(amina, ben, cora):
    version = proposed(amina)
    words = asked(version, ben, "Who is the fool who cooks?")
    said(version, amina, "Not kind.", reply_to=words)
    Notice.objects.all().delete()

    entry = hidden(words, cora)

    browser = browser_of(amina)
    for page in ("proposal", "talk", "on_paper"):
        text = text_of(browser.get(url(page, amina.community, version.proposal_id)))
        assert "fool" not in text
        assert "Not kind." not in text
    assert not Contribution.objects.unanswered_questions().exists()
    notice = Notice.objects.get()
    assert (notice.person, notice.title) == (ben.person, "Your words were taken from view")
    assert "It insults or threatens somebody. The reason: Please without names." in notice.body
    assert notice.link == url("appeal", amina.community, entry.pk)


def test_a_hiding_taken_back_at_once_was_never_told_and_leaves_no_line_in_the_log(amina, ben, cora):
    words = said(proposed(amina), ben)
    actions.report(contribution=words, membership=amina, rule="respect", by=amina.person, at=NOON)
    Notice.objects.all().delete()
    hidden(words, cora)
    assert not Report.objects.waiting().exists()

    undone(cora.person)

    words.refresh_from_db()
    assert words.hidden_at is None
    assert not ModerationEntry.objects.exists()
    assert not Notice.objects.exists()
    assert Report.objects.waiting().exists()


def test_nobody_takes_their_own_words_from_view_and_an_author_only_when_no_other_is_there(amina, ben, cora):
    version = proposed(cora)
    own, of_ben = said(version, cora), said(version, ben, "The coordinator is wrong.")
    with pytest.raises(actions.SomebodyElseModerates):
        hidden(own, cora)
    dora = coordinator_in(amina.community, "Dora")
    with pytest.raises(actions.SomebodyElseModerates):
        hidden(of_ben, cora)
    assert browser_of(cora).get(url("moderate", amina.community, of_ben.pk)).status_code == 403
    assert browser_of(dora).get(url("moderate", amina.community, of_ben.pk)).status_code == 200

    actions.add_author(proposal=version.proposal, membership=dora, by=cora.person, at=NOON)
    hidden(of_ben, cora)

    assert not Contribution.objects.shown().filter(pk=of_ben.pk).exists()


def test_an_appeal_is_made_once_and_decided_by_another_side_where_there_is_one(amina, ben, cora):
    dora = coordinator_in(amina.community, "Dora")
    entry = hidden(said(proposed(amina), ben), cora)
    Notice.objects.all().delete()
    appeal = appealed(entry)
    assert Notice.objects.get().person == dora.person
    with pytest.raises(actions.AppealedAlready):
        appealed(entry)
    with pytest.raises(actions.SomebodyElseDecides):
        decided(appeal, cora)
    stella = person_in(amina.community, "Stella", roles=[Role.STEWARD])
    with pytest.raises(actions.SomebodyElseDecides):
        decided(appeal, dora)

    decided(appeal, stella)

    assert Contribution.objects.shown().get() == entry.contribution
    notice = Notice.objects.get(title="Your appeal is decided")
    assert notice.person == ben.person
    assert "are back in view. The reason: Nobody was meant." in notice.body
    with pytest.raises(SomeoneElseWasFaster):
        decided(appeal, stella, "stays")


def test_who_may_decide_an_appeal_is_asked_in_as_many_questions_however_many_keep_the_house(amina, ben, cora):
    entry = hidden(said(proposed(amina), ben), cora)
    asked = []
    for name in ("Dora", "Dina", "Della", "Dot"):
        coordinator_in(amina.community, name)
        with CaptureQueriesContext(connection) as questions:
            deciders_of(entry, on=NOON.date())
        asked.append(len(questions))

    assert set(asked) == {asked[0]}


def test_sides_of_many_are_those_of_each(amina, ben, cora, stella):
    peer = person_in(amina.community, "Pia", roles=[Role.PEER_LEADER, Role.PROFESSIONAL])
    people.let_act(
        membership=amina, helper=ben, abilities=["decisions.vote"], consent_how=Channel.PHONE,
        expires_on=NOON.date() + timedelta(days=30), by=amina.person, at=NOON,
    )  # fmt: skip
    members = [amina, ben, cora, stella, peer]

    assert sides_of_each(members, on=NOON.date()) == {one.pk: sides_of(one, on=NOON.date()) for one in members}
    assert sides_of(ben, on=NOON.date()) != sides_of(amina, on=NOON.date())


def test_words_that_stay_out_of_view_stay_so_and_what_is_back_is_nothing_to_appeal(amina, ben, cora, stella):
    version = proposed(amina)
    stays, back = hidden(said(version, ben), cora), hidden(said(version, ben, "Twice."), cora)
    decided(appealed(stays), stella, "stays")
    Contribution.objects.filter(pk=back.contribution_id).update(hidden_at=None, hidden_by=None, hidden_why="")
    back = ModerationEntry.objects.get(pk=back.pk)

    assert [words.text for words in Contribution.objects.shown()] == ["Twice."]
    with pytest.raises(actions.NothingToAppeal):
        appealed(back)


def test_the_log_tells_who_which_rule_and_what_came_of_it_but_neither_words_nor_names(amina, ben, cora, stella):
    decided(appealed(hidden(said(proposed(amina), ben, "You fool."), cora)), stella, "stays")

    text = text_of(browser_of(amina).get(url("moderation_log", amina.community)))

    assert all(word in text for word in ("Cora", "It insults or threatens somebody", "Lunch for all", "Stella"))
    assert "stays out of view" in text
    assert not any(word in text for word in ("You fool.", "Ben", "Please without names.", "It was a joke."))


def test_a_report_waits_once_a_person_for_the_coordinators_who_may_look_at_it(amina, ben, cora):
    words = said(proposed(amina), ben, "You fool.")
    browser = browser_of(amina)
    for _twice in range(2):
        browser.post(url("report", amina.community, words.pk), {"rule": "respect", "text": ""})

    assert Report.objects.count() == 1
    assert "Words about “Lunch for all” were reported" in [need.title for need in needs_of(standing_for(cora))]
    assert not any("reported" in need.title for need in needs_of(standing_for(ben)))

    browser_of(cora).post(url("leave_in_view", amina.community, words.pk))

    assert not any("reported" in need.title for need in needs_of(standing_for(cora)))
    assert Contribution.objects.shown().filter(pk=words.pk).exists()


def test_from_the_page_of_a_proposal_to_a_decided_appeal(amina, ben, cora, stella):
    version = proposed(amina)
    words = said(version, ben, "You fool.")
    town = amina.community
    assert url("moderate", town, words.pk) in text_of(browser_of(cora).get(url("proposal", town, version.proposal_id)))
    browser_of(cora).post(url("moderate", town, words.pk), {"rule": "respect", "words": "Without names, please."})
    entry = ModerationEntry.objects.get()

    page = text_of(browser_of(ben).get(url("appeal", town, entry.pk)))
    assert "Without names, please." in page
    assert browser_of(amina).get(url("appeal", town, entry.pk)).status_code == 403
    browser_of(ben).post(url("appeal", town, entry.pk), {"text": "It was a joke."})
    assert "An appeal about “Lunch for all” waits" in [need.title for need in needs_of(standing_for(stella))]
    assert browser_of(cora).get(url("decide_appeal", town, entry.pk)).status_code == 403
    browser_of(stella).post(url("decide_appeal", town, entry.pk), {"outcome": "stays", "why": "It hurts."})

    assert Appeal.objects.get().outcome == "stays"
    assert "It hurts." in text_of(browser_of(ben).get(url("appeal", town, entry.pk)))


def test_the_policy_names_every_rule(amina):
    text = text_of(browser_of(amina).get(url("policy", amina.community)))

    assert "It tells private things about somebody" in text
    assert "Somebody else decides" in text


def test_the_database_keeps_a_decision_whole(amina, ben, cora):
    appeal = appealed(hidden(said(proposed(amina), ben), cora))

    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(outcome="restored")
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEntry.objects.update(words="")


def test_who_is_erased_leaves_the_log_without_their_words(amina, ben, cora):
    words = said(proposed(amina), ben)
    appealed(hidden(words, cora))
    mine = json.dumps(departures.export(ben.person))
    assert "It was a joke." in mine

    departures.erase(ben.person, by=None, at=SOON)
    proposal_departures.erase(ben.person, by=None, at=SOON)

    entry = ModerationEntry.objects.get()
    assert (entry.contribution, entry.appeal.text) == (None, "")


def test_who_are_one_person_reported_once(amina, ben, cora):
    words = said(proposed(cora), cora)
    for member in (amina, ben):
        actions.report(contribution=words, membership=member, rule="respect", by=member.person, at=NOON)

    departures.merge(kept=amina, dropped=ben, by=cora.person, at=SOON)

    assert [report.membership for report in Report.objects.all()] == [amina]


def reported(words, member):
    return actions.report(contribution=words, membership=member, rule="respect", by=member.person, at=NOON)


def told(member):
    return list(Notice.objects.filter(person=member.person, kind="decisions.report").values_list("body", flat=True))


def test_who_reported_words_is_told_that_they_were_taken_from_view_and_not_if_that_is_undone(amina, ben, cora):
    noor = person_in(amina.community, "Noor")
    first, second = (asked(proposed(amina, title), ben, "Who is the fool?") for title in ("Lunch", "Tea"))
    for words in (first, second):
        reported(words, noor)
    hidden(first, cora)
    hidden(second, cora)
    assert len(told(noor)) == 2

    undone(cora.person)

    assert [("Lunch" in words, "taken from view" in words) for words in told(noor)] == [(True, True)]
    assert told(ben) == []


def test_who_reported_words_that_break_no_rule_is_told_that_they_stay(amina, ben, cora):
    noor = person_in(amina.community, "Noor")
    words = asked(proposed(amina), ben)
    reported(words, noor)

    actions.leave_in_view(contribution=words, moderator=cora, by=cora.person, at=SOON)

    assert "stay in view" in told(noor)[0]
