"""While a vote is open: somebody else looks over the count for a side, and who has not voted is reminded once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.decisions.actions.casting import VotingIsOver
from alongside.decisions.actions.following_up import remind_once
from alongside.decisions.actions.opening import NotAScrutineer
from alongside.decisions.letters import follow_up as letters
from alongside.decisions.models import Decider, Decision, Reminder, RollEntry, Scrutineer
from alongside.kernel import activity
from alongside.people.models import Membership, Person

REMIND_BEFORE, NOT_BEFORE = timedelta(days=2), timedelta(days=1)


@transaction.atomic
def replace_scrutineer(
    *, decision: Decision, side: str, membership: Membership, by: Person, at: datetime
) -> Scrutineer:
    """Let somebody else of the same roll look over the count of a side; who does so already stays.

    What paper was read for the side before stays read. Those who came, who went, and who looks over the other sides
    are told. Raises VotingIsOver, and NotAScrutineer for somebody who is not on the roll of this side, has left, or
    decides after asking.
    """
    rows = Decision.objects.of(decision.community).select_related("proposal", "community")
    stands = rows.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    if not stands.is_open:
        raise VotingIsOver
    here = Membership.objects.of(stands.community).current().filter(pk=membership.pk)
    if not RollEntry.objects.on(stands).filter(membership__in=here, side=side).exists():
        raise NotAScrutineer(side=side)
    if Decider.objects.on(stands).seated().filter(membership=membership).exists():
        raise NotAScrutineer(side=side)
    named = Scrutineer.objects.of(stands.community).filter(decision=stands).select_related("membership__person")
    found: Scrutineer = named.get(side=side)
    if found.membership_id == membership.pk:
        return found
    before, found.membership = found.membership, membership
    found.save(update_fields=["membership"])
    activity.log(did="decisions.scrutineer_replaced", about_what=stands, by_id=by.pk, at=at)
    letters.scrutineer_replaced(found, before=before, at=at, by=by)
    return found


def remind_of_votes(*, at: datetime) -> int:
    """Two days before a vote closes, and not on its first day, remind who has not voted; once. How many votes."""
    told = Reminder.objects.filter(decision=OuterRef("pk"), community=OuterRef("community"), about=Reminder.About.VOTE)
    soon = Decision.objects.open().exclude(rule="advice").filter(closes_at__gt=at, closes_at__lte=at + REMIND_BEFORE)
    due = soon.filter(opens_at__lte=at - NOT_BEFORE).exclude(Exists(told))
    return sum(remind_once(one, Reminder.About.VOTE, at=at) for one in due.with_words().order_by("closes_at", "id"))
