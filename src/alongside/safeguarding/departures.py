"""What happens here when a person exports, leaves, is erased or is found twice.

A person's own checks are theirs to take along. That they are one of a pair stands in no export: it is about another
person too. Both who are in a pair take it with them when one is erased, with its reason.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from alongside.kernel.channels import Channel
from alongside.people import departures
from alongside.people.models import CommunityQuerySet, Membership, Person
from alongside.safeguarding.actions import withdraw_check
from alongside.safeguarding.models import Check, Ending, KeptApart, Lead, Together
from alongside.safeguarding.rules import in_order

COVERS = (
    "safeguarding.Check.person",
    "safeguarding.Check.seen_by",
    "safeguarding.Check.written_by",
    "safeguarding.Check.withdrawn_by",
    "safeguarding.Ending.person",
    "safeguarding.Lead.person",
    "safeguarding.Lead.named_by",
    "safeguarding.Lead.ended_by",
    "safeguarding.KeptApart.one",
    "safeguarding.KeptApart.other",
    "safeguarding.KeptApart.made_by",
    "safeguarding.KeptApart.ended_by",
    "safeguarding.Together.seen_by",
)
Rows = list[dict[str, Any]]


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="safeguarding", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, Rows]:
    """Checks of a person, checks they saw of others (without saying whose), and when they were a lead."""
    checks = Check.objects.order_by("seen_on", "written_at", "pk").select_related("community", "kind", "seen_by")
    leads = Lead.objects.filter(person=person).select_related("community").order_by("starts_on", "pk")
    return {
        "checks": [{**_fact(check), "seen_by": str(check.seen_by)} for check in checks.filter(person=person)],
        "checks_i_saw": [_fact(check) for check in checks.filter(seen_by=person)],
        "safeguarding_lead": [
            {"community": lead.community.name, "from": lead.starts_on, "until": lead.ends_on, "ended_at": lead.ended_at}
            for lead in leads
        ],
    }


def _fact(check: Check) -> dict[str, Any]:
    return {
        "community": check.community.name,
        "kind": check.kind.name,
        "seen_on": check.seen_on,
        "until": check.ends_on,
        "how": Channel(check.channel).value,
        "withdrawn_at": check.withdrawn_at,
        "why": check.withdrawn_why,
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Delete a person's checks, their time as a lead, and every pair with its reason.

    What they saw, wrote and named for others stays, under no name.
    """
    Check.objects.filter(person=person).delete()
    Ending.objects.filter(person=person).delete()
    Lead.objects.filter(person=person).delete()
    KeptApart.objects.filter(Q(one=person) | Q(other=person)).delete()


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Who leaves is no lead any more. Checks and pairs stay, should they come back."""
    mine = Lead.objects.of(membership.community).filter(person=membership.person_id, ended_at=None)
    mine.update(ended_at=at, ended_by=by)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move everything to the record that is kept. It never refuses: a refusal would tell that there is a pair."""
    _withdraw_own(kept, dropped, by=by, at=at)
    _move_checks(kept, dropped)
    community = kept.community
    known = Ending.objects.of(community).filter(person=kept.person).values_list("kind", "last_day")
    told: set[tuple[Any, date]] = set(known)
    for ending in Ending.objects.of(community).filter(person=dropped.person):
        if (ending.kind_id, ending.last_day) in told:
            ending.delete()
        else:
            Ending.objects.of(community).filter(pk=ending.pk).update(person=kept.person)
    leave(dropped, by=by, at=at)
    _move_pairs(kept, dropped, at=at)


def _withdraw_own(kept: Membership, dropped: Membership, *, by: Person, at: datetime) -> None:
    """A check that one of the two records saw or wrote for the other was nobody else's word: it does not count."""
    both = [kept.person_id, dropped.person_id]
    own = Check.objects.of(kept.community).standing().filter(person__in=both)
    own = own.filter(Q(seen_by__in=both) | Q(written_by__in=both)).select_related("community", "kind", "person")
    for check in own:
        withdraw_check(check=check, why=Check.Why.MISTAKE, by=by, at=at)


def _move_checks(kept: Membership, dropped: Membership) -> None:
    """What both records have of one day stands side by side; what was withdrawn stays where it was."""
    checks: CommunityQuerySet = Check.objects.of(kept.community).standing()
    taken = set(checks.filter(person=kept.person_id).values_list("kind", "seen_on", "place"))
    for check in checks.filter(person=dropped.person_id).order_by("seen_on", "place", "pk"):
        place = next(n for n in range(1, 1000) if (check.kind_id, check.seen_on, n) not in taken)
        taken.add((check.kind_id, check.seen_on, place))
        checks.filter(pk=check.pk).update(person=kept.person_id, place=place)


def _move_pairs(kept: Membership, dropped: Membership, *, at: datetime) -> None:
    """The kept record takes over its pairs. Where both have one with the same person, they become one. A pair of the
    two records themselves stays as it is, for the leads to see: somebody may have joined two people on purpose.
    """
    pairs = KeptApart.objects.of(kept.community)
    for pair in pairs.filter(Q(one=dropped.person_id) | Q(other=dropped.person_id)):
        theirs = pair.other_id if pair.one_id == dropped.person_id else pair.one_id
        if theirs == kept.person_id:
            continue
        one, other = in_order(kept.person_id, theirs)
        if pair.ended_at is None and (same := pairs.filter(one=one, other=other, ended_at=None).first()):
            _join_pair(same, pair)
            continue
        pairs.filter(pk=pair.pk).update(one=one, other=other)


def _join_pair(stays: KeptApart, goes: KeptApart) -> None:
    """The later last day and both reasons count."""
    stays.until = max(stays.until, goes.until) if stays.until and goes.until else None
    stays.since = min(stays.since, goes.since)
    stays.reason = "\n\n".join(dict.fromkeys([stays.reason, goes.reason]))
    stays.save(update_fields=["until", "since", "reason"])
    known = Together.objects.of(stays.community).filter(apart=stays).values("key")
    Together.objects.of(stays.community).filter(apart=goes).exclude(key__in=known).update(apart=stays)
    goes.delete()
