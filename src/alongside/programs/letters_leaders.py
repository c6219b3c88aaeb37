"""What this room tells people when sessions lose a leader: who leads no more, who could, and who leads instead."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.notices.models import Notice
from alongside.people.models import Person
from alongside.programs.models import Cohort, SessionLeader

LEADERS = kinds.register("programs.leaders", label=gettext_lazy("About sessions I lead, or could lead"))


def could_lead(cohort: Cohort, people: Iterable[Person], count: int, *, lost_at: datetime, at: datetime) -> int:
    """Ask those who could lead, once for each time that sessions lose somebody; how many were asked now."""
    title = cohort.program.title

    def body() -> str:
        words = ngettext(
            "In “%(program)s” %(count)s session needs somebody to lead. If you would, say so on the page of sessions.",
            "In “%(program)s” %(count)s sessions need somebody to lead. If you would, say so on the page of sessions.",
            count,
        )
        return words % {"program": title, "count": count}

    return notices.tell_many(
        letters=[notices.Letter(person, body) for person in people],
        community=cohort.community,
        kind=LEADERS.name,
        title=lambda: _("Could you lead a session?"),
        link=_page(cohort),
        key=f"{_asked(cohort)}{lost_at:%Y%m%d%H%M%S}",
        at=at,
    )


def need_nobody(cohort: Cohort, *, at: datetime) -> None:
    """Somebody leads now: the question goes, where it is still here."""
    keys = Notice.objects.of(cohort.community).filter(key__startswith=_asked(cohort)).values_list("key", flat=True)
    for key in keys.distinct():
        notices.take_back(community=cohort.community, key=key, at=at)


def _asked(cohort: Cohort) -> str:
    return f"leader-wanted:{cohort.pk}:"


def leads_no_more(cohort: Cohort, person: Person, why: str, *, at: datetime) -> None:
    """Tell somebody whom the house took out of sessions that lie ahead, and what opens them again."""
    title = cohort.program.title

    def body() -> str:
        if why == SessionLeader.Why.CHECK:
            words = _(
                "In “%(program)s” you lead no sessions after the day on which a check of yours runs out. "
                "Once it is seen anew you can lead again. A coordinator can help."
            )
        else:
            words = _(
                "In “%(program)s” you lead no sessions for now, because your step rests. What you did counts. "
                "When you want to lead again, tell a coordinator."
            )
        return words % {"program": title}

    notices.tell(
        person=person, community=cohort.community, kind=LEADERS.name, title=lambda: _("About sessions that you lead"),
        body=body, link=_page(cohort), key=f"leads-no-more:{cohort.pk}:{at:%Y%m%d%H%M%S}", at=at,
    )  # fmt: skip


def leads_now(cohort: Cohort, person: Person, count: int, *, by: Person, at: datetime) -> None:
    """Tell somebody that they lead sessions, unless they wrote it themself."""
    title = cohort.program.title

    def body() -> str:
        words = ngettext(
            "In “%(program)s” you lead %(count)s session that lies ahead. Thank you.",
            "In “%(program)s” you lead %(count)s sessions that lie ahead. Thank you.",
            count,
        )
        return words % {"program": title, "count": count}

    if person.pk != by.pk:
        _tell(cohort, person, _title_leads, body, key=_leads_now(cohort, at), by=by, at=at)


def take_back_leads_now(cohort: Cohort, said_at: datetime, *, by_id: UUID, at: datetime) -> None:
    """They do not lead after all, before they have heard that they do."""
    notices.take_back(community=cohort.community, key=_leads_now(cohort, said_at), at=at, by_id=by_id)


def _leads_now(cohort: Cohort, at: datetime) -> str:
    return f"leads-now:{cohort.pk}:{at:%Y%m%d%H%M%S}"


def not_this_time(cohort: Cohort, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody who offered to lead that others do."""
    title = cohort.program.title

    def body() -> str:
        return _("In “%(program)s” others lead these sessions. Thank you for offering.") % {"program": title}

    if person.pk != by.pk:
        _tell(cohort, person, _title_offer, body, key=f"leads-not:{cohort.pk}:{at:%Y%m%d%H%M%S}", by=by, at=at)


def _title_leads() -> str:
    return _("You lead sessions")


def _title_offer() -> str:
    return _("About your offer to lead")


def _tell(
    cohort: Cohort, person: Person, title: Callable[[], str], body: Callable[[], str], *, key: str, by: Person,
    at: datetime,
) -> None:  # fmt: skip
    notices.tell(
        person=person, community=cohort.community, kind=LEADERS.name, title=title, body=body,
        link=_page(cohort), key=key, at=at, after_seconds=undo.SECONDS, by_id=by.pk,
    )  # fmt: skip


def _page(cohort: Cohort) -> str:
    return reverse("programs:sessions", args=[cohort.community.slug, cohort.program_id])
