"""Paper ballots, keyed in by two scrutineers of different sides, who must have read the same."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from alongside.decisions.actions.casting import checked_choice, locked, paper_code, put_in, secret_of
from alongside.decisions.models import Decision, PaperKeying, RollEntry, Scrutineer
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person


class UnknownCode(Refusal):
    """No paper ballot of this vote carries that code."""


class VotedOtherwise(Refusal):
    """Whoever this paper is for has voted another way since; that vote stands."""


class NotTheirPaper(Refusal):
    """Only scrutineers of this vote key in paper."""


class Keyed(StrEnum):
    """What came of keying a paper ballot."""

    FIRST = "first"
    COUNTED = "counted"
    DIFFERENT = "different"


@transaction.atomic
def key_paper(*, decision: Decision, scrutineer: Membership, code: str, choice: str, by: Person, at: datetime) -> Keyed:
    """Write down what a paper ballot says. It counts once scrutineers of two sides have read the same.

    Where they read differently both readings are dropped, and both read again. What is written to the log names
    nobody but who keyed. Raises VotingIsOver, NotTheirPaper, UnknownCode, VotedOtherwise, NotCounted.
    """
    stands = locked(decision, moment=at)
    side = Scrutineer.objects.of(stands.community).filter(decision=stands, membership=scrutineer.pk)
    keyed_for = side.values_list("side", flat=True).first()
    if keyed_for is None:
        raise NotTheirPaper
    entry = entry_by_code(stands, code)
    if entry.took_part and entry.channel != Channel.PAPER:
        raise VotedOtherwise
    choice = checked_choice(stands, choice, side=entry.side)
    activity.log(did="decisions.paper_keyed", about_what=stands, by_id=by.pk, at=at, channel=Channel.PAPER)
    keyed = read_for(keyed_for, stands, code=code, choice=choice)
    if keyed is Keyed.COUNTED:
        put_in(stands, entry.membership, choice, channel=Channel.PAPER)
    return keyed


def read_for(side: str, decision: Decision, *, code: str, choice: str) -> Keyed:
    """Keep what was read for a side until another side has read the paper too; then neither reading is kept.

    The decision is held, so that two who read at once come one after the other.
    """
    readings = PaperKeying.objects.on(decision).filter(code=tidy(code))
    other = readings.exclude(keyed_for=side).first()
    if other is None:
        readings.update_or_create(
            community=decision.community,
            decision=decision,
            code=tidy(code),
            keyed_for=side,
            defaults={"choice": choice},
        )
        return Keyed.FIRST
    readings.delete()
    return Keyed.COUNTED if other.choice == choice else Keyed.DIFFERENT


def codes_of(decision: Decision) -> Iterator[tuple[str, RollEntry]]:
    """The code of everybody's paper ballot while a vote is open; the ballots are printed from it."""
    secret = secret_of(decision)
    entries = RollEntry.objects.on(decision).select_related("membership__person")
    for entry in entries.order_by("side", "membership__person__search_name"):
        yield paper_code(secret, entry.membership_id), entry


def entry_by_code(decision: Decision, code: str) -> RollEntry:
    """The person on a roll whose paper carries this code. Raises UnknownCode."""
    secret, wanted = secret_of(decision), tidy(code)
    entry: RollEntry
    for entry in RollEntry.objects.on(decision).select_related("membership__person", "membership__community"):
        if paper_code(secret, entry.membership_id) == wanted:
            return entry
    raise UnknownCode


def tidy(code: str) -> str:
    """The code as printed, however it was typed."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())[:10]
    return f"{letters[:5]}-{letters[5:]}"
