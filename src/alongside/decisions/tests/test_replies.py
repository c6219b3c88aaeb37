"""Replies: one level deep, below what somebody said, and told to who said it."""

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Contribution
from alongside.decisions.tests.proposals import (
    NOON,
    asked,
    changed,
    community,
    coordinator_in,
    person_in,
    proposed,
    said,
    text_of,
    url,
)
from alongside.decisions.tests.test_proposing import undone
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    town = community()
    return person_in(town, "Amina"), person_in(town, "Ben"), person_in(town, "Cleo")


def test_a_reply_is_told_to_who_is_replied_to_and_once_to_each(people):
    amina, ben, cleo = people
    version = proposed(amina)
    question = asked(version, ben, "Who cooks?", paragraph=2)
    Notice.objects.all().delete()

    reply = said(version, cleo, "I would.", kind="question", reply_to=question)

    told = {notice.person: notice.title for notice in Notice.objects.all()}
    assert told == {ben.person: "Somebody replies to you", amina.person: "Somebody speaks about your proposal"}
    assert (reply.kind, reply.paragraph) == ("comment", 2)


def test_an_author_who_is_replied_to_hears_of_it_once_and_nobody_of_their_own_reply(people):
    amina, ben, _cleo = people
    version = proposed(amina)
    comment = said(version, amina, "What do you think?")

    said(version, ben, "Good.", reply_to=comment)
    said(version, amina, "Thank you.", reply_to=comment)

    assert Notice.objects.get().title == "Somebody replies to you"


def test_a_reply_taken_back_at_once_was_never_told(people):
    amina, ben, cleo = people
    version = proposed(amina)
    comment = said(version, ben)
    Notice.objects.all().delete()
    said(version, cleo, "Yes.", reply_to=comment)

    undone(cleo.person)

    assert Contribution.objects.get() == comment
    assert not Notice.objects.exists()


def test_nobody_replies_to_a_reply_to_what_is_hidden_or_to_what_is_said_elsewhere(people):
    amina, ben, cleo = people
    version = proposed(amina)
    first, hidden, elsewhere = said(version, ben), said(version, ben), said(proposed(amina, "A bench"), ben)
    Contribution.objects.filter(pk=hidden.pk).update(hidden_at=NOON, hidden_by=amina.person, hidden_why="names")
    older = said(version, ben)
    later = changed(version, amina, text="Lunch is on Mondays.")

    refused = [
        (version, said(version, cleo, reply_to=first)),
        (version, hidden),
        (version, elsewhere),
        (later, older),
    ]

    for words, to in refused:
        with pytest.raises(actions.NoReplyHere):
            said(words, cleo, reply_to=to)


def test_a_reply_on_the_page_stands_below_and_takes_no_second_one(people):
    amina, ben, cleo = people
    version = proposed(amina)
    question = asked(version, ben)
    browser = browser_of(cleo)
    page = browser.get(url("reply", cleo.community, question.pk))
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"text": "I would cook."}

    answer = browser.post(url("reply", cleo.community, question.pk), sent)

    reply = Contribution.objects.get(reply_to=question)
    assert answer["Location"].endswith(f"#said-{reply.pk}")
    for name in ("proposal", "talk"):
        text = text_of(browser.get(url(name, cleo.community, version.proposal_id)))
        assert text.index("Who cooks?") < text.index("I would cook.")
        assert url("reply", cleo.community, question.pk) in text
        assert url("reply", cleo.community, reply.pk) not in text
    assert browser.get(url("reply", cleo.community, reply.pk)).status_code == 404


def test_a_coordinator_writes_down_a_reply_that_somebody_told_them(people):
    amina, ben, cleo = people
    version = proposed(amina)
    comment = said(version, ben)
    vera = coordinator_in(amina.community, "Vera")
    browser = browser_of(vera)
    address = url("reply", amina.community, comment.pk)
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    browser.post(address, {**sent, "text": "So do I.", "whose": "Cleo", "channel": "phone"})

    reply = Contribution.objects.get(reply_to=comment)
    assert (reply.membership, reply.keyed_by, reply.channel) == (cleo, vera.person, "phone")
