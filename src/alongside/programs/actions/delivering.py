"""Sessions: planned from the design, held, changed with it while they are still to come, and their hours posted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.gatherings import actions as gatherings
from alongside.gatherings import hooks, letters
from alongside.gatherings.actions import PartTold, Repeats, Told
from alongside.gatherings.models import Booking, Gathering, PartKind, Place, Series, SignUp, Visibility
from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person
from alongside.programs.actions.classes import put_classes_back
from alongside.programs.actions.enrolling import ProgramHasEnded, join_cohort
from alongside.programs.actions.leading import check_steps, note_leading_together, who_said_lived
from alongside.programs.models import Cohort, CohortLeader, DesignVersion, Licence, Program, Session
from alongside.programs.models.program import design_of
from alongside.programs.rules import course
from alongside.programs.rules.times import time_of
from alongside.safeguarding import pool

ROOM = "programs"
AHEAD = timedelta(hours=24)


class NoSessions(Refusal):
    """The design says nothing about sessions."""


class LicenceMissing(Refusal):
    """The design needs a licence, and none holds from the first to the last session; `of` is what for."""

    def __init__(self, *, of: str) -> None:
        super().__init__(of)
        self.of = of


class LeadersMissing(Refusal):
    """The design needs `needed` leaders, and `named` were named."""

    def __init__(self, *, needed: int, named: int) -> None:
        super().__init__(f"{named} of {needed}")
        self.needed, self.named = needed, named


class LivedExperienceMissing(Refusal):
    """The design asks that leaders lead from lived experience, and too few have said that they do."""


class LeaderNotReady(Refusal):
    """Somebody lacks a check that leaders need from the first session to the last; `who` is it, `what` which."""

    def __init__(self, *, who: Membership, what: list[str]) -> None:
        super().__init__(", ".join(what))
        self.who, self.what = who, what


@dataclass(frozen=True)
class Leader:
    """Who leads; that it is from lived experience is said by their own choice."""

    membership: Membership
    from_lived_experience: bool = False


@transaction.atomic
def schedule(
    *, program: Program, first_day: date, leaders: Sequence[Leader], by: Person, at: datetime, key: UUID
) -> Cohort:
    """Plan a run of sessions from a day on, for everybody who takes part and has none yet.

    The first session is on the design's day of the week, on or after `first_day`. The same `key` again returns the
    first. Raises ProgramHasEnded, NoSessions, LicenceMissing, LeadersMissing, LivedExperienceMissing, HoldsNoStep,
    LeaderNotReady, and what `gatherings.make_series` raises.
    """
    stands = held(program)
    if made := Cohort.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    design = design_of(stands)
    if stands.ended_at is not None:
        raise ProgramHasEnded
    if "sessions" not in design:
        raise NoSessions
    first = course.first_day_from(design["sessions"], first_day)
    check_leaders(design, leaders, said=who_said_lived(stands, [one.membership for one in leaders]))
    check_steps(stands, design, [one.membership for one in leaders], on=stands.community.day_of(at))
    make_its_place(stands, design, by=by, at=at)
    series = gatherings.make_series(
        community=stands.community, told=told_of(stands, design), repeats=_repeats(design["sessions"], first),
        parts=parts_of(design), by=by, at=at, key=key, for_room=ROOM, for_id=str(stands.pk),
    )  # fmt: skip
    cohort = _cohort(stands, series, first, leaders, by=by, at=at, key=key)
    fill_cohort(cohort)
    check_licence(stands, design, cohort)
    check_ready(cohort, design, leaders)
    join_cohort(cohort)
    note_leading_together(cohort, [one.membership for one in leaders], at=at)
    activity.log(did="programs.scheduled", about_what=cohort, by_id=by.pk, at=at)
    return cohort


def _cohort(
    program: Program, series: Series, first_day: date, leaders: Sequence[Leader], *, by: Person, at: datetime, key: UUID
) -> Cohort:
    newest = Cohort.objects.on(program).newest_first().first()
    cohort: Cohort = Cohort.objects.create(
        community=program.community, program=program, number=newest.number + 1 if newest else 1, series=series,
        first_day=first_day, made_by=by, made_at=at, key=key,
    )  # fmt: skip
    CohortLeader.objects.bulk_create(
        CohortLeader(
            community=program.community, cohort=cohort, membership=one.membership,
            from_lived_experience=one.from_lived_experience, since=at,
        )
        for one in leaders
    )  # fmt: skip
    return cohort


def fill_cohort(cohort: Cohort) -> int:
    """A session for every gathering of the series that has none yet, in the order of time; how many are new."""
    numbered = dict(Session.objects.of(cohort.community).filter(cohort=cohort).values_list("gathering", "number"))
    there = Gathering.objects.of(cohort.community).filter(series=cohort.series).order_by("original_start", "id")
    last = max(numbered.values(), default=0)
    new = [one for one in there if one.pk not in numbered]
    Session.objects.bulk_create(
        Session(community=cohort.community, cohort=cohort, number=number, gathering=one)
        for number, one in enumerate(new, start=last + 1)
    )
    return len(new)


@transaction.atomic
def fill_open_cohorts() -> int:
    """Sessions of runs that go on, for the gatherings that were made for later months; how many are new."""
    missing = Gathering.objects.filter(for_room=ROOM).exclude(pk__in=Session.objects.values("gathering"))
    cohorts = Cohort.objects.filter(series__in=missing.values("series")).select_related("community", "series")
    return sum(fill_cohort(cohort) for cohort in cohorts.order_by("pk"))


def check_leaders(design: Mapping[str, Any], leaders: Sequence[Leader], *, said: Collection[Any] = ()) -> None:
    """Raises LeadersMissing or LivedExperienceMissing where the design asks for more.

    `said`: the ids of those who have said themselves that they lead from lived experience; no page shows them.
    """
    asked = design["sessions"].get("leaders")
    if asked is None:
        return
    if len({one.membership.pk for one in leaders}) < asked["count"]:
        raise LeadersMissing(needed=asked["count"], named=len(leaders))
    lived = [one.from_lived_experience or one.membership.pk in said for one in leaders]
    wanted = design["roles"][asked["role"]].get("lived_experience")
    if (wanted == "at least one" and not any(lived)) or (wanted == "all" and not all(lived)):
        raise LivedExperienceMissing


def check_ready(cohort: Cohort, design: Mapping[str, Any], leaders: Sequence[Leader]) -> None:
    """Raises LeaderNotReady unless everybody who leads has each check that their role asks for, to the last session.

    A check that this community does not know is one that nobody has.
    """
    asked = design["sessions"].get("leaders")
    needs = design["roles"][asked["role"]].get("needs", []) if asked else []
    if not needs:
        return
    kinds = pool.named(cohort.community, needs)
    days = _days_of(cohort)
    for one in leaders:
        lacks = [name for name in needs if name not in kinds]
        for day in (days[0], days[-1]):
            lacks += [kind.name for kind in pool.missing(one.membership.person, kinds.values(), on=day)]
        if lacks:
            raise LeaderNotReady(who=one.membership, what=list(dict.fromkeys(lacks)))


def _days_of(cohort: Cohort) -> list[date]:
    """The days of its sessions that were not held yet, in order."""
    rows = Session.objects.of(cohort.community).filter(cohort=cohort, held_at=None).order_by("gathering__starts_at")
    return [cohort.community.day_of(moment) for moment in rows.values_list("gathering__starts_at", flat=True)]


def check_licence(program: Program, design: Mapping[str, Any], cohort: Cohort) -> None:
    """Raises LicenceMissing unless one holds on the day of every planned session."""
    asked = design.get("requires", {}).get("licence")
    if asked is None:
        return
    licences = list(Licence.objects.of(program.community).filter(program=program, withdrawn_at=None))
    if not all(any(holds(licence, day) for licence in licences) for day in _days_of(cohort)):
        raise LicenceMissing(of=asked["of"])


def holds(licence: Licence, day: date) -> bool:
    """Does it hold on that day? The last day counts."""
    return licence.starts_on <= day and (licence.ends_on is None or day <= licence.ends_on)


@transaction.atomic
def write_licence(
    *,
    program: Program,
    of: str,
    holder: str,
    starts_on: date,
    by: Person,
    at: datetime,
    key: UUID,
    reference: str = "",
    ends_on: date | None = None,
) -> Licence:
    """Write down a licence. The same `key` again returns the first."""
    defaults = {
        "program": program, "of": of, "holder": holder, "reference": reference, "starts_on": starts_on,
        "ends_on": ends_on, "written_by": by, "written_at": at,
    }  # fmt: skip
    made: Licence
    made, is_new = Licence.objects.get_or_create(community=program.community, key=key, defaults=defaults)
    if is_new:
        activity.log(did="programs.licence_written", about_what=made, by_id=by.pk, at=at)
    return made


@transaction.atomic
def note_held(*, gathering: Gathering, at: datetime) -> Session | None:
    """Attendance of a session was closed: it was held, by the design of that moment. None for another gathering."""
    session: Session | None = (
        Session.objects.of(gathering.community).filter(gathering=gathering).select_related("cohort__program").first()
    )
    if session is None or session.held_at is not None:
        return session
    program = session.cohort.program
    session.held_at = at
    session.held_version = DesignVersion.objects.on(program).newest_first().values_list("number", flat=True)[0]
    session.save(update_fields=["held_at", "held_version"])
    activity.log(did="programs.session_held", about_what=session, by_id=None, at=at)
    return session


def remind_due(*, at: datetime) -> int:
    """Remind who is expected at what starts within a day; return how many letters went out.

    One session is one transaction: a crash in between repeats nothing.
    """
    rows = Session.objects.filter(
        reminded_at=None, gathering__starts_at__gt=at, gathering__starts_at__lte=at + AHEAD, gathering__state="planned"
    )
    return sum(_remind(one, at=at) for one in rows.select_related("gathering", "community").order_by("pk"))


@transaction.atomic
def _remind(session: Session, *, at: datetime) -> int:
    """Remind those who did not sign up for it: who did is reminded by `gatherings`."""
    mine = Session.objects.of(session.community).filter(pk=session.pk, reminded_at=None)
    if not mine.update(reminded_at=at):
        return 0
    activity.log(did="programs.session_reminded", about_what=session, by_id=None, at=at)
    gathering = session.gathering
    gathering.community = session.community
    signed_up = Booking.objects.of(session.community).booked().filter(gathering=gathering).values("membership")
    booked = {row["membership"] for row in signed_up}
    return letters.reminder(gathering, [one for one in hooks.expected(gathering) if one.pk not in booked], at=at)


def told_of(program: Program, design: Mapping[str, Any]) -> Told:
    """What the gatherings of a program are, by its design."""
    sessions, place = design["sessions"], _place_name(design)
    begin_together = design.get("enrolment", {}).get("cohorts", False)
    return Told(
        title=program.title,
        about=program.summary,
        minutes=course.minutes(sessions),
        place=Place.objects.of(program.community).filter(name=place, closed_at=None).first() if place else None,
        online=sessions.get("place", "") if sessions.get("mode") == "online" else "",
        phone=sessions.get("place", "") if sessions.get("mode") == "phone" else "",
        group=program.group,
        visibility=Visibility.GROUP if begin_together else Visibility.MEMBERS,
        sign_up=SignUp.OPEN if parts_of(design) or "topics" in design else SignUp.NONE,
    )


def _place_name(design: Mapping[str, Any]) -> str:
    """Where people meet in person; "" for sessions online or by phone, or where nobody says."""
    sessions = design["sessions"]
    return str(sessions.get("place", "")) if sessions.get("mode", "in person") == "in person" else ""


def make_its_place(program: Program, design: Mapping[str, Any], *, by: Person | None, at: datetime) -> None:
    """The place of the design is one of the community's: a known one of that name, or a new one."""
    if name := _place_name(design):
        gatherings.make_place(community=program.community, name=name, by=by, at=at)


def parts_of(design: Mapping[str, Any]) -> list[PartTold]:
    """What people can take at each session; [] where they just come.

    Those who begin together are expected at every session and take no place by sign-up.
    """
    sessions, enrolment = design["sessions"], design.get("enrolment", {})
    told = [PartTold(one["name"], one["count"], PartKind.HELP) for one in sessions.get("hands", [])]
    told += [PartTold(one["name"], one["places"], PartKind.EXTRA) for one in sessions.get("extras", [])]
    places = enrolment.get("places")
    if not enrolment.get("cohorts", False) and (told or places):
        told.insert(0, PartTold("", places, PartKind.COME))
    return told


def _repeats(sessions: Mapping[str, Any], first_day: date) -> Repeats:
    return Repeats(course.rule_of(sessions, first_day), first_day, time_of(sessions["starts"]))


def held(program: Program) -> Program:
    """Who plans sessions or changes a design goes one after the other."""
    stands: Program = Program.objects.of(program.community).select_for_update(no_key=True).get(pk=program.pk)
    stands.community, stands.group = program.community, program.group
    return stands


@transaction.atomic
def follow_design(*, cohort: Cohort, before: Mapping[str, Any], after: Mapping[str, Any], at: datetime) -> int:
    """Bring the sessions that are still to come to what a new design says; returns how many there are of them then.

    What was held, and what is going on, stays as it was. Sessions keep their numbers, and people their places.
    """
    program, community = cohort.program, cohort.community
    ahead = Session.objects.of(community).filter(cohort=cohort).to_come(at).select_related("gathering__series")
    first = ahead.filter(gathering__starts_at__gt=at).order_by("gathering__original_start").first()
    if first is None or "sessions" not in after:
        return 0
    make_its_place(program, after, by=None, at=at)
    told, parts = told_of(program, after), parts_of(after)
    if told == told_of(program, before) and parts == parts_of(before) and _same_time(before, after):
        return 0
    series = cohort.series
    series.community = first.gathering.community = community
    zone = ZoneInfo(community.time_zone)
    first_day = course.first_day_from(after["sessions"], first.gathering.original_start.astimezone(zone).date())
    new = gatherings.change_series(
        series=series, since=first.gathering, told=told, repeats=_repeats(after["sessions"], first_day),
        why=program.title, seen=series.changed_at, by=None, at=at, parts=parts,
    )  # fmt: skip
    if new.pk != cohort.series_id:
        cohort.series = new
        cohort.save(update_fields=["series"])
    fill_cohort(cohort)
    put_classes_back(cohort, at=at)
    return Session.objects.of(community).filter(cohort=cohort).to_come(at).count()


_TIMES = ("count", "every", "on", "starts")


def _same_time(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    old, new = before.get("sessions", {}), after["sessions"]
    return all(old.get(name) == new.get(name) for name in _TIMES)
