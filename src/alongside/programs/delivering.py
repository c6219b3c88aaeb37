"""How a change of the design reaches the sessions that are still to come; registered with `serving`."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.gatherings import hooks
from alongside.gatherings.models import Gathering
from alongside.gatherings.models.gatherings import GatheringQuerySet
from alongside.people.models import Membership
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs import actions
from alongside.programs.models import Cohort, CohortLeader, Enrolment, Session, SessionLeader, led_by
from alongside.programs.rules.sections import FRAME
from alongside.programs.serving import Effect, Served, Turn, register

# The sections that say when sessions are and what can be taken at them.
_TOUCHES = ("sessions", "enrolment")


def serve() -> None:
    """Let changes of these sections reach the sessions that are still to come, and say who is expected at them."""
    hooks.register_expected("programs", expected, where_expected)
    for section in FRAME:
        if section.name in _TOUCHES:
            name = section.name
            register(Served(section, preview=partial(preview, name), carry_out=partial(carry_out, name)))


def preview(name: str, turn: Turn) -> list[Effect]:
    """How many sessions would change, and how many stay as they were."""
    if not _is_for(name, turn):
        return []
    sessions = Session.objects.on(turn.program)
    count, held = sessions.to_come(turn.at).count(), sessions.held().count()
    if not count:
        return [Effect(_("No session is planned yet: the next run follows the new design."))]
    words = ngettext(
        "%(count)s session that is still to come changes.", "%(count)s sessions that are still to come change.", count
    )
    told = [Effect(words % {"count": count}, count)]
    if held:
        words = ngettext("%(count)s session was held and stays.", "%(count)s sessions were held and stay.", held)
        told.append(Effect(words % {"count": held}, held))
    return told


def carry_out(name: str, turn: Turn) -> list[Effect]:
    """Change them."""
    if not _is_for(name, turn):
        return []
    with_sessions = Session.objects.on(turn.program).to_come(turn.at).values("cohort")
    cohorts = Cohort.objects.on(turn.program).filter(pk__in=with_sessions).select_related("series").order_by("number")
    for cohort in cohorts:
        cohort.community, cohort.program = turn.program.community, turn.program
        actions.follow_design(cohort=cohort, before=turn.before, after=turn.after, at=turn.at)
    return []


def _is_for(name: str, turn: Turn) -> bool:
    """Where both sections change, the first of them does the work, once."""
    differ = [each for each in _TOUCHES if turn.before.get(each) != turn.after.get(each)]
    return bool(turn.before) and differ[:1] == [name]


def expected(gathering: Gathering) -> MembershipQuerySet | None:
    """Who is expected at a session without signing up: everybody of its cohort. None for what is no session."""
    session = Session.objects.of(gathering.community).filter(gathering=gathering).first()
    if session is None:
        return None
    here = Enrolment.objects.of(gathering.community).here().filter(cohort=session.cohort_id)
    told = SessionLeader.objects.of(gathering.community).filter(session=session)
    leads = CohortLeader.objects.of(gathering.community).filter(cohort=session.cohort_id)
    leads = leads.exclude(membership__in=told.out().values("membership"))
    found: MembershipQuerySet = Membership.objects.of(gathering.community).current()
    leading = Q(pk__in=leads.values("membership")) | Q(pk__in=told.leading().values("membership"))
    return found.filter(Q(pk__in=here.values("membership")) | leading)


def where_expected(membership: Membership) -> GatheringQuerySet:
    """The sessions of the cohorts in which somebody takes part, and those that they lead."""
    community = membership.community
    here = Enrolment.objects.of(community).here().filter(membership=membership)
    mine = Session.objects.of(community).filter(Q(cohort__in=here.values("cohort")) | led_by(membership))
    found: GatheringQuerySet = Gathering.objects.of(community).filter(pk__in=mine.values("gathering"))
    return found
