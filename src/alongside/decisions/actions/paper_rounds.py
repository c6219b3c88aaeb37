"""Stances on paper: in a consent round, keyed in by the facilitators of both sides, who must have read the same."""

from datetime import datetime

from django.db import transaction

from alongside.decisions.actions.circles import seated
from alongside.decisions.actions.consenting import NotAFacilitator, give_stance, object_to
from alongside.decisions.actions.paper import Keyed, VotedOtherwise, entry_by_code, read_for
from alongside.decisions.models import Decision, Objection, RollEntry, Scrutineer, Stance
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
    entry = entry_by_code(stands, code)
    if _spoke_otherwise(stands, entry):
        raise VotedOtherwise
    keyed = read_for(keyed_for, stands, code=code, choice=f"{stance}:{number}")
    if keyed is not Keyed.COUNTED:
        activity.log(did="decisions.paper_keyed", about_what=stands, by_id=by.pk, at=at, channel=Channel.PAPER)
        return keyed
    told = {"by": by, "at": at, "on_behalf_of": entry.membership.person, "channel": Channel.PAPER}
    if stance == Stance.Kind.OBJECTION:
        object_to(decision=stands, membership=entry.membership, reason=reason, harms=harms, **told)
    else:
        give_stance(decision=stands, membership=entry.membership, stance=stance, words=words, **told)
    return keyed


def _side_of(decision: Decision, facilitator: Membership) -> str:
    named = Scrutineer.objects.of(decision.community).filter(decision=decision, membership=facilitator)
    side = named.values_list("side", flat=True).first()
    if side is None:
        raise NotAFacilitator
    return str(side)


def _spoke_otherwise(decision: Decision, entry: RollEntry) -> bool:
    """Has this person said where they stand on these words, or do they object, in another way than on paper?"""
    mine = {"membership": entry.membership_id}
    said = Stance.objects.on(decision).filter(version=decision.version, **mine).exclude(kind=Stance.Kind.PENDING)
    objects = Objection.objects.on(decision).filter(settled_at=None, **mine)
    return bool(said.exclude(channel=Channel.PAPER).exists() or objects.exclude(channel=Channel.PAPER).exists())
