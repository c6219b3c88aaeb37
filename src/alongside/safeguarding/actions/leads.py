"""Who leads safeguarding: named by a steward, for a time, and shown to members by name."""

from datetime import date, datetime

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Community, Membership, Person
from alongside.safeguarding import letters
from alongside.safeguarding.models import Lead


class NamesThemself(Refusal):
    """Nobody names themself."""


class LeadTooYoung(Refusal):
    """A lead is 18 or older."""


class LeadsAlready(Refusal):
    """This person is a lead at that time; `lead` is the row."""

    def __init__(self, *, lead: Lead) -> None:
        super().__init__(str(lead.pk))
        self.lead = lead


class TimeIsOff(Refusal):
    """The last day lies before today."""


@transaction.atomic
def name_lead(
    *, membership: Membership, ends_on: date, by: Person | None, at: datetime, channel: str = Channel.WEB
) -> Lead:
    """Name a member as a safeguarding lead from today to `ends_on`; the other leads and the person are told.

    Raises NamesThemself, LeadTooYoung, TimeIsOff, LeadsAlready, or SomeoneElseWasFaster when the member has left.
    """
    community = membership.community
    today = community.day_of(at)
    if by is not None and by.pk == membership.person_id:
        raise NamesThemself
    if not membership.person.acts_alone(today):
        raise LeadTooYoung
    if ends_on < today:
        raise TimeIsOff
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if not Membership.objects.of(community).current().filter(pk=membership.pk).exists():
        raise SomeoneElseWasFaster
    if held := Lead.objects.of(community).on(today).filter(person=membership.person).first():
        raise LeadsAlready(lead=held)
    others = [lead.person for lead in Lead.objects.here(community, on=today).by_name()]
    made: Lead = Lead.objects.create(
        community=community,
        person=membership.person,
        starts_on=today,
        ends_on=ends_on,
        named_by=by,
        named_at=at,
    )
    activity.log(did="safeguarding.lead_named", about_what=made, by_id=by.pk if by else None, at=at, channel=channel)
    letters.lead_named(made, others, by=by, at=at)
    return made


@transaction.atomic
def end_lead(*, lead: Lead, by: Person | None, at: datetime, channel: str = Channel.WEB) -> Lead:
    """Somebody is a lead no longer, at once. Raises SomeoneElseWasFaster when that has ended."""
    today = lead.community.day_of(at)
    open_ones = Lead.objects.of(lead.community).filter(pk=lead.pk, ended_at=None, ends_on__gte=today)
    if not open_ones.update(ended_at=at, ended_by=by):
        raise SomeoneElseWasFaster
    lead.refresh_from_db()
    activity.log(did="safeguarding.lead_ended", about_what=lead, by_id=by.pk if by else None, at=at, channel=channel)
    return lead
