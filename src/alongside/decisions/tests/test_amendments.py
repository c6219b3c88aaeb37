"""Other words that people offer for a proposal, and what comes of them."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.decisions import actions
from alongside.decisions.departures import amendments as departures
from alongside.decisions.models import Amendment, Draft, Proposal, Say, Version
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.proposals import (
    NOON,
    SOON,
    changed,
    community,
    coordinator_in,
    person_in,
    proposed,
    reacted,
    text_of,
    url,
)
from alongside.decisions.tests.test_proposing import undone
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, standing_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return person_in(community(), "Amina")


@pytest.fixture
def ben(amina):
    return person_in(amina.community, "Ben")


def offered(version, member, text="Lunch is on Mondays.", **details):
    given = {"paragraph": 1, "why": "Fridays are full.", "by": member.person, "at": NOON, "key": uuid4(), **details}
    return actions.amend(version=version, membership=member, text=text, **given)


def accepted(amendment, author, **details):
    given = {"by": author.person, "at": SOON, **details}
    return actions.accept_amendment(amendment=amendment, membership=author, **given)


def refused(amendment, author):
    return actions.refuse_amendment(
        amendment=amendment, membership=author, reason="The hall is taken.", by=author.person, at=SOON
    )


def test_a_change_to_one_paragraph_leaves_the_others_and_is_told_to_the_authors(amina, ben):
    version, key = proposed(amina), uuid4()

    first, again = (offered(version, ben, key=key) for _twice in range(2))

    assert first == again
    assert first.text == "Lunch is on Mondays.\n\nEverybody may bring a guest."
    notice = Notice.objects.get()
    assert (notice.person, notice.title) == (amina.person, "Somebody would change your proposal")
    assert notice.link == url("amendment", amina.community, first.pk)


def test_what_changes_nothing_and_what_is_about_old_words_or_no_paragraph_is_refused(amina, ben):
    version = proposed(amina)
    with pytest.raises(actions.NothingChanged):
        offered(version, ben, "Lunch is on Fridays. ")
    with pytest.raises(actions.NoSuchParagraph):
        offered(version, ben, paragraph=3)
    changed(version, amina, text="Lunch is on Tuesdays.")
    with pytest.raises(actions.TextHasChanged):
        offered(version, ben)
    Proposal.objects.update(state=Proposal.State.VOTING)
    with pytest.raises(actions.NotTalkedOver):
        offered(Version.objects.get(number=2), ben)


def test_an_accepted_change_is_the_next_version_and_supporters_hear_of_it_once(amina, ben):
    version = proposed(amina, why="Many eat alone.")
    cleo = person_in(amina.community, "Cleo")
    reacted(version, cleo)
    amendment = offered(version, ben)
    Notice.objects.all().delete()

    second = accepted(amendment, amina)

    assert (second.number, second.why, second.made_by) == (2, "Many eat alone.", amina)
    assert second.text.startswith("Lunch is on Mondays.")
    assert not Draft.objects.exists()
    told = sorted((notice.person.name, notice.title) for notice in Notice.objects.all())
    assert told == [("Ben", "There is an answer for you"), ("Cleo", "A proposal has new words")]


def test_of_two_changes_accepted_one_wins_and_the_other_is_looked_at_again(amina, ben):
    version = proposed(amina)
    first, second = offered(version, ben), offered(version, ben, "Lunch is on Tuesdays.")
    accepted(first, amina)

    with pytest.raises(actions.TextHasChanged):
        accepted(second, amina)
    with pytest.raises(SomeoneElseWasFaster):
        refused(first, amina)

    page = text_of(browser_of(amina).get(url("amendment", amina.community, second.pk)))
    assert "The words have changed since" in page
    assert url("accept_amendment", amina.community, second.pk) not in page
    again = text_of(browser_of(ben).get(f"{url('amend', amina.community, version.proposal_id)}?from={second.pk}"))
    assert "Lunch is on Tuesdays." in again
    assert Version.objects.count() == 2


def test_nothing_is_accepted_while_the_next_version_is_written_or_voted_on(amina, ben):
    version = proposed(amina)
    amendment = offered(version, ben)
    actions.begin_next(proposal=version.proposal, by=amina.person, at=SOON)
    with pytest.raises(actions.DraftWaits):
        accepted(amendment, amina)
    Proposal.objects.update(state=Proposal.State.VOTING)
    with pytest.raises(actions.NotTalkedOver):
        accepted(amendment, amina)

    assert Amendment.objects.get().state == "open"


def test_a_refusal_has_a_reason_reaches_its_maker_and_can_be_taken_back_at_once(amina, ben):
    amendment = offered(proposed(amina), ben)
    refused(amendment, amina)
    assert "was not accepted, because: The hall is taken." in Notice.objects.get(kind="decisions.answer").body

    undone(amina.person, at=SOON)

    assert Amendment.objects.get().state == "open"
    assert not Notice.objects.filter(kind="decisions.answer").exists()


def test_a_change_taken_back_at_once_was_never_offered(amina, ben):
    offered(proposed(amina), ben)

    undone(ben.person)

    assert not Amendment.objects.exists()
    assert not Notice.objects.exists()


def test_a_refused_change_lives_on_once_as_a_draft_of_whoever_offered_it(amina, ben):
    amendment = offered(proposed(amina), ben)
    refused(amendment, amina)

    begun = actions.live_on(amendment=amendment, by=ben.person, at=SOON)

    assert (begun.made_by, begun.state) == (ben, "draft")
    assert Draft.objects.get(proposal=begun).text.startswith("Lunch is on Mondays.")
    assert Amendment.objects.get().state == "lives_on"
    with pytest.raises(SomeoneElseWasFaster):
        actions.live_on(amendment=amendment, by=ben.person, at=SOON)


def test_authors_are_asked_until_they_answer(amina, ben):
    amendment = offered(proposed(amina), ben)
    assert "Ben would change “Lunch for all”" in [need.title for need in needs_of(standing_for(amina))]
    assert not any("would change" in need.title for need in needs_of(standing_for(ben)))

    actions.withdraw_amendment(amendment=amendment, by=ben.person, at=SOON)

    assert not any("would change" in need.title for need in needs_of(standing_for(amina)))


def test_from_a_paragraph_on_the_page_to_the_next_version(amina, ben):
    version, town = proposed(amina), amina.community
    page = url("proposal", town, version.proposal_id)
    form_page = f"{url('amend', town, version.proposal_id)}?paragraph=1"
    assert form_page in text_of(browser_of(ben).get(page))
    form = browser_of(ben).get(form_page).context["form"]
    assert form["text"].value() == "Lunch is on Fridays."
    sent = {name: form[name].value() or "" for name in form.fields}

    browser_of(ben).post(form_page, {**sent, "text": "Lunch is on Mondays.", "why": "Fridays are full."})
    amendment = Amendment.objects.get()
    shown = text_of(browser_of(amina).get(url("amendment", town, amendment.pk)))
    assert "taken out: </span>Fridays<" in shown
    assert "put in: </span>Mondays<" in shown
    assert browser_of(ben).post(url("accept_amendment", town, amendment.pk)).status_code == 403
    browser_of(amina).post(url("accept_amendment", town, amendment.pk))

    text = text_of(browser_of(ben).get(page))
    assert "Lunch is on Mondays." in text
    assert "Change to paragraph 1" in text
    assert "accepted" in text


def test_authors_refuse_with_a_reason_on_the_page_and_the_maker_lets_it_live_on(amina, ben):
    town, amendment = amina.community, offered(proposed(amina), ben)
    browser = browser_of(amina)
    empty = browser.post(url("refuse_amendment", town, amendment.pk), {"reason": ""})
    assert empty.context["form"].errors
    browser.post(url("refuse_amendment", town, amendment.pk), {"reason": "The hall is taken."})
    assert browser.post(url("live_on", town, amendment.pk)).status_code == 403

    shown = text_of(browser_of(ben).get(url("amendment", town, amendment.pk)))
    answer = browser_of(ben).post(url("live_on", town, amendment.pk))

    assert "The hall is taken." in shown
    begun = Proposal.objects.get(state="draft")
    assert answer["Location"] == url("write", town, begun.pk)


def test_a_coordinator_writes_down_a_change_that_somebody_told_them(amina, ben):
    version, town = proposed(amina), amina.community
    cora = coordinator_in(town)
    page = url("amend", town, version.proposal_id)
    form = browser_of(cora).get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    browser_of(cora).post(page, {**sent, "text": "Mondays.", "why": "Full.", "whose": "Ben", "channel": "phone"})

    made = Amendment.objects.get()
    assert (made.membership, made.keyed_by, made.channel, made.paragraph) == (ben, cora.person, "phone", None)


def test_who_changed_what_was_voted_on_has_had_that_say(amina, ben):
    pia = person_in(amina.community, "Pia", roles=[Role.PROFESSIONAL])
    version = accepted(offered(proposed(amina), ben), amina)
    vote = actions.open_vote(
        proposal=Proposal.objects.get(pk=version.proposal_id),
        version=version,
        sides=["uses", "provides"],
        scrutineers={"uses": amina, "provides": pia},
        closes_at=SOON + timedelta(days=7),
        by=pia.person,
        at=SOON,
        key=uuid4(),
        leave_out_unsaid=True,
    )

    actions.close(decision=vote, by=None, at=vote.closes_at)

    assert [say.membership for say in Say.objects.filter(amended=True)] == [ben]


def test_the_database_wants_to_know_who_answered(amina, ben):
    offered(proposed(amina), ben)

    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.update(state="refused")


def test_who_is_erased_leaves_the_version_and_not_the_words_of_the_change(amina, ben):
    version = proposed(amina)
    first, second = offered(version, ben), offered(version, ben, "Never.")
    assert "Never." in json.dumps(departures.export(ben.person))
    accepted(first, amina)

    departures.erase(ben.person, by=None, at=SOON)

    left = Amendment.objects.get()
    assert (left.pk, left.text, left.why, left.state) == (first.pk, "", "", "accepted")
    assert not Amendment.objects.filter(pk=second.pk).exists()


def test_changes_move_to_the_record_that_stays(amina, ben):
    made = offered(proposed(amina), ben)
    kept = person_in(amina.community, "Benjamin")

    departures.merge(kept=kept, dropped=ben, by=amina.person, at=SOON)

    made.refresh_from_db()
    assert made.membership == kept
