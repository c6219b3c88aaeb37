"""Scenes of proposing: a proposal written, put forward and talked over."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Contribution, Draft, Proposal, Version
from alongside.people.models import Community, Membership
from alongside.people.tests.factories import NOON, TODAY, community, coordinator_in, person_in

__all__ = ["NOON", "SOON", "TODAY", "community", "coordinator_in", "person_in"]

SOON = NOON + timedelta(hours=1)
TEXT = "Lunch is on Fridays.\n\nEverybody may bring a guest."


def drafted(author: Membership, title: str = "Lunch for all", **words: str) -> Proposal:
    """A proposal that its author has begun."""
    words = {"text": TEXT, "summary": "We eat together on Fridays.", **words}
    return actions.begin(membership=author, title=title, words=words, by=author.person, at=NOON, key=uuid4())


def put_forward(proposal: Proposal, author: Membership, **details: Any) -> Version:
    """The draft as everybody's next version."""
    draft = Draft.objects.get(proposal=proposal)
    given = {"seen": draft.changed_at, "by": author.person, "at": NOON, **details}
    return actions.put_forward(proposal=proposal, membership=author, **given)


def proposed(author: Membership, title: str = "Lunch for all", **words: str) -> Version:
    """The first version of a proposal, for everybody to read."""
    return put_forward(drafted(author, title, **words), author)


def changed(version: Version, author: Membership, **words: str) -> Version:
    """The next version, with other words."""
    proposal = Proposal.objects.get(pk=version.proposal_id)
    draft = actions.begin_next(proposal=proposal, by=author.person, at=SOON)
    actions.save_draft(proposal=proposal, words=words, seen=draft.changed_at, by=author.person, at=SOON)
    return put_forward(proposal, author, at=SOON)


def said(version: Version, speaker: Membership, text: str = "A good idea.", **details: Any) -> Contribution:
    """A comment, unless told that it is a question."""
    given = {"kind": "comment", "by": speaker.person, "at": NOON, "key": uuid4(), **details}
    return actions.speak(version=version, membership=speaker, text=text, **given)


def asked(version: Version, speaker: Membership, text: str = "Who cooks?", **details: Any) -> Contribution:
    return said(version, speaker, text, kind="question", **details)


def answered(
    contribution: Contribution, author: Membership, text: str = "We take turns.", **details: Any
) -> Contribution:
    given = {"status": "answered", "seen": contribution.answered_at, "by": author.person, "at": NOON, **details}
    return actions.answer(contribution=contribution, membership=author, text=text, **given)


def reacted(version: Version, member: Membership, kind: str = "helps", **details: Any) -> None:
    actions.react(version=version, membership=member, kind=kind, **{"by": member.person, "at": NOON, **details})


def url(name: str, town: Community, *args: object) -> str:
    """An address of this room in a community."""
    return reverse(f"decisions:{name}", args=[town.slug, *args])


def text_of(answer: Any) -> str:
    """The page that a test browser got."""
    text: str = answer.content.decode()
    return text
