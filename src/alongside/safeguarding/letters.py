"""What this room tells people, in their language."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.safeguarding.models import Lead, Together
from alongside.safeguarding.pool import Running
from alongside.ui.words import day_text

CHECK_ENDS = kinds.register(
    "safeguarding.check_ends", label=gettext_lazy("Before a check of mine runs out"), private=True
)
LEAD = kinds.register("safeguarding.lead_named", label=gettext_lazy("When a safeguarding lead is named"))
FOR_LEADS = kinds.register(
    "safeguarding.for_leads",
    label=gettext_lazy("When something waits for safeguarding leads"),
    essential=True,
    private=True,
    discreet=True,
)


def check_ends(running: Running, *, at: datetime) -> None:
    """Tell a person that a check of theirs runs out, or has."""
    community = running.kind.community
    member = Membership.objects.of(community).of_person(running.person).get()
    notices.tell(
        person=running.person,
        community=community,
        kind=CHECK_ENDS.name,
        title=lambda: _("A check of yours has run out") if running.over else _("A check of yours runs out soon"),
        body=lambda: _body(running.over) % {"kind": running.kind.name, "day": day_text(running.last_day)},
        link=reverse("safeguarding:checks", args=[community.slug, member.pk]),
        at=at,
        key=f"check:{running.kind.pk}:{running.last_day}:{'over' if running.over else 'soon'}",
    )


def _body(over: bool) -> str:
    if over:
        return _("%(kind)s: the last day was %(day)s. Ask a coordinator how to renew it.")
    return _("%(kind)s: the last day is %(day)s. Ask a coordinator how to renew it.")


def lead_named(lead: Lead, others: Iterable[Person], *, by: Person | None, at: datetime) -> None:
    """Tell the new lead and those who are leads already."""
    for person in [lead.person, *others]:
        notices.tell(
            person=person,
            community=lead.community,
            kind=LEAD.name,
            title=lambda: _("A safeguarding lead was named"),
            body=lambda: _("%(name)s, until %(day)s.") % {"name": lead.person, "day": day_text(lead.ends_on)},
            link=reverse("safeguarding:home", args=[lead.community.slug]),
            at=at,
            by_id=by.pk if by else None,
            key=f"lead:{lead.pk}",
        )


def put_together(together: Together, leads: Iterable[Person], *, at: datetime) -> None:
    """Tell leads that something waits for them. No name and no place: the page says it, to leads alone."""
    for person in leads:
        notices.tell(
            person=person,
            community=together.community,
            kind=FOR_LEADS.name,
            title=lambda: _("Something waits for you as a safeguarding lead"),
            link=reverse("safeguarding:apart", args=[together.community.slug]),
            at=at,
            key=f"for-leads:{together.pk}",
        )
