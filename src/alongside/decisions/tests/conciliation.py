"""Scenes of conciliation: a split, people who volunteer, seats, a draft, and who agrees to it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from alongside.decisions import actions
from alongside.decisions.models import Conciliation, Conciliator, Draft, Version
from alongside.decisions.tests.voting import LATER, Scene, voted
from alongside.people.models import Membership

SOON = LATER + timedelta(hours=1)


def split(place: Scene) -> Conciliation:
    """A vote in which those who use it say no and those who provide it say yes, and its conciliation."""
    decision = voted(place, "nnnnnn", "yyyyyy")
    found: Conciliation = Conciliation.objects.get(decision=decision)
    return found


def willing(round_: Conciliation, *members: Membership, at: datetime = SOON) -> None:
    for member in members:
        actions.volunteer(conciliation=round_, membership=member, by=member.person, at=at)


def drawn(place: Scene, uses: int = 2, provides: int = 2, round_: Conciliation | None = None) -> Conciliation:
    round_ = round_ or split(place)
    willing(round_, *place.sides["uses"][:uses], *place.sides["provides"][:provides])
    return actions.draw_seats(conciliation=round_, by=None, at=SOON)


def seated(round_: Conciliation, side: str) -> QuerySet[Conciliator]:
    seats: QuerySet[Conciliator] = Conciliator.objects.filter(conciliation=round_, side=side, is_seated=True)
    return seats.order_by("place")


def written(round_: Conciliation, member: Membership, text: str = "We open at eleven.", at: datetime = SOON) -> Draft:
    """A draft in these words, begun or gone on with by somebody who sits."""
    draft = actions.begin_together(conciliation=round_, membership=member, by=member.person, at=at)
    return actions.save_draft(
        proposal=round_.proposal, words={"text": text}, seen=draft.changed_at, by=member.person,
        at=at + timedelta(seconds=1),
    )  # fmt: skip


def agree(round_: Conciliation, member: Membership, draft: Draft) -> Version | None:
    return actions.agree_to_words(
        conciliation=round_, membership=member, seen=draft.changed_at, by=member.person, at=SOON
    )


def agreed_version(round_: Conciliation, text: str = "We open at eleven.") -> Version | None:
    uma, pia = seated(round_, "uses")[0].membership, seated(round_, "provides")[0].membership
    draft = written(round_, uma, text)
    assert agree(round_, uma, draft) is None
    return agree(round_, pia, draft)
