"""In a consent round: people say that they have read it, so that their silence may count where that was announced."""

from datetime import datetime

from django.db import transaction

from alongside.decisions.actions.circles import seated
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.models import Decision, RoundSeen
from alongside.decisions.rules import consent
from alongside.kernel.channels import Channel
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Membership, Person


@transaction.atomic
def note_seen(
    *,
    decision: Decision,
    membership: Membership,
    number: int,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> RoundSeen:
    """Somebody has read the version of this `number`; once. On a later version they are asked anew.

    Raises RoundIsOver, NotOnTheRoll, and SomeoneElseWasFaster when other words are before everybody by now.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    table = seated(decision, moment=at, speaker=membership)
    version = table.decision.version
    if version.number != number:
        raise SomeoneElseWasFaster
    table.step(consent.see, by=str(membership.pk))
    found: RoundSeen
    found, is_new = RoundSeen.objects.get_or_create(
        community=decision.community,
        decision=table.decision,
        membership=membership,
        version=version,
        defaults={"at": at, **deed.keyed()},
    )
    if is_new:
        deed.log("decisions.round_seen", found)
    return found
