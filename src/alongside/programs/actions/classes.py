"""Classes that come of topics: hosted by somebody, planned at a session, and booked together with what goes with it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.gatherings import actions as gatherings
from alongside.gatherings.actions import PartTold
from alongside.gatherings.models import Booking, Gathering, Part, PartKind
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.programs import letters_topics
from alongside.programs.actions import holding
from alongside.programs.actions.belonging import held_program
from alongside.programs.actions.jobs import JobNeedsChecks
from alongside.programs.models import Cohort, Program, Session, TopicClass
from alongside.programs.models.program import design_of
from alongside.programs.rules.topics import most_places


class MayNotHost(Refusal):
    """The design gives hosting to another role, or they are not of the program."""


class HasAHost(Refusal):
    """Somebody hosts it already; `name` is who."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name)
        self.name = name


class HostMissing(Refusal):
    """A class is planned once somebody hosts it."""


class SessionIsOver(Refusal):
    """The session was held, is past, or was called off."""


class ClassIsPlanned(Refusal):
    """It stands at a session already: take it off there first."""


class NameIsTaken(Refusal):
    """Something else that can be booked at the session is called so."""


class TooManyPlaces(Refusal):
    """A class is for `most` people at most; a coordinator may plan it for more."""

    def __init__(self, *, most: int) -> None:
        super().__init__(f"{most} at most")
        self.most = most


class NotPlanned(Refusal):
    """There is no session at which it could be booked."""


@transaction.atomic
def host_class(
    *,
    klass: TopicClass,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> TopicClass:
    """Host a class that nobody hosts: by one's own offer, or as a yes to being asked.

    Raises ProgramIsOver, MayNotHost, JobNeedsChecks, HasAHost.
    """
    stands = _held(klass)
    if stands.host_id == membership.pk:
        return stands
    if stands.host is not None:
        raise HasAHost(name=str(stands.host.person))
    _check_host(stands, membership, at)
    _ask_no_more(stands, at=at)
    stands.host, stands.hosted_since, stands.asked, stands.lost_host_at = membership, at, None, None
    stands.save(update_fields=["host", "hosted_since", "asked", "lost_host_at"])
    Deed(by, at, on_behalf_of, channel).log("programs.class_hosted", stands)
    return stands


@transaction.atomic
def ask_host(
    *, klass: TopicClass, membership: Membership, asked_by: Membership, by: Person, at: datetime
) -> TopicClass:
    """Ask somebody to host it; who was asked before is asked no more. Raises as `host_class`, and NotOfThisProgram."""
    stands = _held(klass)
    holding.check_asker(stands.topic.program, asked_by, at=at)
    if stands.host is not None:
        raise HasAHost(name=str(stands.host.person))
    _check_host(stands, membership, at)
    _ask_no_more(stands, at=at)
    stands.asked = membership
    stands.save(update_fields=["asked"])
    Deed(by, at).log("programs.host_asked", stands)
    letters_topics.asked_to_host(stands, by=by, at=at)
    return stands


@transaction.atomic
def decline_to_host(
    *,
    klass: TopicClass,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> TopicClass:
    """Say no; nothing is kept of it. Raises ProgramIsOver, SomeoneElseWasFaster."""
    stands = _held(klass)
    if stands.asked_id != membership.pk:
        raise SomeoneElseWasFaster
    _ask_no_more(stands, at=at)
    stands.asked = None
    stands.save(update_fields=["asked"])
    Deed(by, at, on_behalf_of, channel).log("programs.host_declined", stands)
    return stands


@transaction.atomic
def host_no_more(
    *,
    klass: TopicClass,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> TopicClass:
    """Give hosting back. A class that is planned stays at its session and looks for another host.

    Raises ProgramIsOver, SomeoneElseWasFaster, SessionIsOver.
    """
    stands = _held(klass)
    if stands.host_id != membership.pk:
        raise SomeoneElseWasFaster
    if stands.session is not None and stands.session.held_at is not None:
        raise SessionIsOver
    lose_host(stands, at=at)
    Deed(by, at, on_behalf_of, channel).log("programs.class_hosted_no_more", stands)
    return stands


def _ask_no_more(klass: TopicClass, *, at: datetime) -> None:
    if klass.asked_id is not None:
        letters_topics.ask_no_more(klass, at=at)


def lose_host(klass: TopicClass, *, at: datetime) -> None:
    """Nobody hosts it any more. A part of other actions."""
    klass.host, klass.hosted_since = None, None
    klass.lost_host_at = at if klass.session_id else None
    klass.save(update_fields=["host", "hosted_since", "lost_host_at"])


@transaction.atomic
def plan_class(
    *,
    klass: TopicClass,
    session: Session,
    places: int,
    by: Person,
    at: datetime,
    channel: str = Channel.WEB,
    may_exceed: bool = False,
) -> TopicClass:
    """Put it on a session that is still to come, as one of the things that people can book there.

    `may_exceed`: for more people than there are places for. Raises ProgramIsOver, HostMissing, ClassIsPlanned,
    SessionIsOver, NameIsTaken, TooManyPlaces.
    """
    stands = _held(klass)
    if stands.host_id is None:
        raise HostMissing
    if stands.session_id is not None:
        raise ClassIsPlanned
    to_come = Session.objects.on(stands.topic.program).to_come(at).select_related("gathering").filter(pk=session.pk)
    found: Session | None = to_come.first()
    if found is None:
        raise SessionIsOver
    if Part.objects.of(stands.community).filter(gathering=found.gathering_id, name=stands.topic.words).exists():
        raise NameIsTaken
    most = most_places_at(stands.topic.program, found)
    if most is not None and places > most and not may_exceed:
        raise TooManyPlaces(most=most)
    stands.session, stands.places = found, places
    stands.save(update_fields=["session", "places"])
    _lay(stands, by=by, at=at)
    Deed(by, at, None, channel).log("programs.class_planned", stands)
    return stands


def most_places_at(program: Program, session: Session | None = None) -> int | None:
    """For how many people a host may plan a class, at a session or at any; None where nobody says."""
    size: int | None = None
    if session is not None:
        come = Part.objects.of(program.community).filter(gathering=session.gathering_id, kind=PartKind.COME, name="")
        size = come.values_list("size", flat=True).first()
    return most_places(design_of(program), at_session=size)


@transaction.atomic
def take_class_off(*, klass: TopicClass, by: Person, at: datetime, channel: str = Channel.WEB) -> TopicClass:
    """Take it off its session while nobody has booked it.

    Raises ProgramIsOver, NotPlanned, SessionIsOver, PartIsTaken.
    """
    stands = _held(klass)
    if stands.session is None:
        raise NotPlanned
    if stands.session.held_at is not None:
        raise SessionIsOver
    gatherings.take_part_off(gathering=_gathering(stands), name=stands.topic.words, by=by, at=at)
    stands.session, stands.places, stands.lost_host_at = None, None, None
    stands.save(update_fields=["session", "places", "lost_host_at"])
    Deed(by, at, None, channel).log("programs.class_taken_off", stands)
    return stands


@transaction.atomic
def book_class(
    *,
    klass: TopicClass,
    membership: Membership,
    extras: Mapping[Part, int],
    by: Person,
    at: datetime,
    or_wait: bool = False,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Booking:
    """Book the class and all of `extras` together, or nothing; what somebody has taken besides, they keep.

    `extras`: how many of each thing that goes with the session, such as childcare places and rides; 0 gives one up.
    `or_wait`: wait in line for all of it. Raises NotPlanned, and what `gatherings.book` raises: NoRoom above all.
    """
    if klass.session is None:
        raise NotPlanned
    gathering = _gathering(klass)
    parts = {part.name: part for part in Part.objects.of(klass.community).filter(gathering=gathering)}
    if klass.topic.words not in parts:
        raise NotPlanned
    wanted = _seats_of(gathering, membership)
    wanted |= {part: count for part, count in extras.items() if part.kind == PartKind.EXTRA}
    return gatherings.book(
        gathering=gathering, membership=membership, parts=wanted | {parts[klass.topic.words]: 1}, or_wait=or_wait,
        by=by, at=at, on_behalf_of=on_behalf_of, channel=channel,
    )  # fmt: skip


def _seats_of(gathering: Gathering, membership: Membership) -> dict[Part, int]:
    mine = Booking.objects.of(gathering.community).filter(gathering=gathering, membership=membership)
    live = mine.filter(state__in=[Booking.State.BOOKED, Booking.State.WAITING]).with_seats().first()
    return {seat.part: seat.count for seat in live.seats.all()} if live else {}


def put_classes_back(cohort: Cohort, *, at: datetime) -> int:
    """A new design has told anew what can be taken at sessions: classes that were planned there still can.

    A part of other actions. Returns how many classes are still to come.
    """
    rows = TopicClass.objects.on(cohort.program).with_people().filter(session__cohort=cohort, session__held_at=None)
    count = 0
    for klass in rows.filter(session__gathering__ends_at__gt=at, session__gathering__state="planned"):
        klass.community = klass.topic.community = cohort.community
        _lay(klass, by=None, at=at)
        count += 1
    return count


def _lay(klass: TopicClass, *, by: Person | None, at: datetime) -> None:
    gatherings.add_part(
        gathering=_gathering(klass), told=PartTold(klass.topic.words, klass.places, PartKind.COME), by=by, at=at
    )


def _gathering(klass: TopicClass) -> Gathering:
    assert klass.session is not None
    gathering: Gathering = klass.session.gathering
    gathering.community = klass.community
    return gathering


def may_host(klass: TopicClass, membership: Membership, *, at: datetime) -> bool:
    """Does the design let somebody host it, with the checks that it asks for?"""
    try:
        _check_host(klass, membership, at)
    except (MayNotHost, JobNeedsChecks):
        return False
    return True


def _check_host(klass: TopicClass, membership: Membership, at: datetime) -> None:
    program: Program = klass.topic.program
    design = design_of(program)
    role = design.get("topics", {}).get("host", "")
    if not holding.may_hold(program, design, membership, role=role, side="", at=at):
        raise MayNotHost
    if what := holding.lacks(program, design, membership, role, at=at):
        raise JobNeedsChecks(what=what)


def _held(klass: TopicClass) -> TopicClass:
    """The class as it stands; two never host it at once. Raises ProgramIsOver."""
    program = held_program(klass.topic.program)
    stands: TopicClass = TopicClass.objects.on(program).with_people().get(pk=klass.pk)
    stands.community = stands.topic.community = program.community
    stands.topic.program = program
    return stands
