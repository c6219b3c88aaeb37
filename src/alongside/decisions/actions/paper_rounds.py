"""Stances on paper: in a consent round, keyed in by the facilitators of both sides, who must have read the same."""

from datetime import datetime

from django.db import transaction

from alongside.decisions.actions.casting import paper_code, secret_of
from alongside.decisions.actions.circles import seated
from alongside.decisions.actions.consenting import NotAFacilitator, give_stance, object_to
from alongside.decisions.actions.paper import Keyed, UnknownCode, VotedOtherwise, tidy
from alongside.decisions.models import Decision, Objection, PaperKeying, RollEntry, Scrutineer, Stance
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Membership, Person


@transaction.atomic
def key_stance(
    *,
    decision: Decision,
    facilitator: Membership,
    code: str,
    number: int,
    stance: str,
    by: Person,
    at: datetime,
    words: str = "",
    reason: str = "",
    harms: str = "",
) -> Keyed:
    """Write down what a paper slip says about the version of this `number`.

    It counts once facilitators of two sides have read the same stance; the words are those of the second. Where they
    read differently both readings are dropped. What was said on the page or by phone meanwhile stands. Raises
    RoundIsOver, NotAFacilitator, UnknownCode, VotedOtherwise, StepNotOpen, SomeoneElseWasFaster for older words.
    """
    table = seated(decision, moment=at)
    stands = table.decision
    keyed_for = _side_of(stands, facilitator)
    if stands.version.number != number:
        raise SomeoneElseWasFaster
    entry = _entry_of(stands, code)
    choice = f"{stance}:{number}"
    readings = PaperKeying.objects.on(stands).filter(code=tidy(code))
    other = readings.exclude(keyed_for=keyed_for).first()
    if other is None or other.choice != choice:
        activity.log(did="decisions.paper_keyed", about_what=stands, by_id=by.pk, at=at, channel=Channel.PAPER)
    if other is None:
        readings.update_or_create(
            community=stands.community,
            decision=stands,
            code=tidy(code),
            keyed_for=keyed_for,
            defaults={"choice": choice},
        )
        return Keyed.FIRST
    readings.delete()
    if other.choice != choice:
        return Keyed.DIFFERENT
    told = {"by": by, "at": at, "on_behalf_of": entry.membership.person, "channel": Channel.PAPER}
    if stance == Stance.Kind.OBJECTION:
        object_to(decision=stands, membership=entry.membership, reason=reason, harms=harms, **told)
    else:
        give_stance(decision=stands, membership=entry.membership, stance=stance, words=words, **told)
    return Keyed.COUNTED


def _side_of(decision: Decision, facilitator: Membership) -> str:
    named = Scrutineer.objects.of(decision.community).filter(decision=decision, membership=facilitator)
    side = named.values_list("side", flat=True).first()
    if side is None:
        raise NotAFacilitator
    return str(side)


def _entry_of(decision: Decision, code: str) -> RollEntry:
    secret, wanted = secret_of(decision), tidy(code)
    entries = RollEntry.objects.on(decision).select_related("membership__person", "membership__community")
    for entry in entries:
        if paper_code(secret, entry.membership_id) == wanted:
            if _spoke_otherwise(decision, entry):
                raise VotedOtherwise
            found: RollEntry = entry
            return found
    raise UnknownCode


def _spoke_otherwise(decision: Decision, entry: RollEntry) -> bool:
    """Has this person said where they stand on these words, or do they object, in another way than on paper?"""
    mine = {"membership": entry.membership_id}
    said = Stance.objects.on(decision).filter(version=decision.version, **mine).exclude(kind=Stance.Kind.PENDING)
    objects = Objection.objects.on(decision).filter(settled_at=None, **mine)
    return bool(said.exclude(channel=Channel.PAPER).exists() or objects.exclude(channel=Channel.PAPER).exists())
