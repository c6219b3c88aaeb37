"""What brings Millbrook together: a kitchen, a choir and a repair café, with places taken, waited for and given up."""

from datetime import datetime, time, timedelta
from typing import Any

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Gathering, Mark, Part, PartKind, Place, Series, Visibility
from alongside.people.models import Membership
from alongside.people.permissions import standing_of
from alongside.web.demo.history import Town

KITCHEN_GUESTS = ("Ben Okafor", "Walter Finch", "Grace Osei", "Priya Nair", "Joon Park", "Ruth Hollis")
COOKS = ("Amina Yusuf", "Hanna Weiss")
ON_THE_PHONE = "Margaret Hollis"
AHEAD = timedelta(weeks=8)


def come_together(town: Town, *, at: datetime) -> None:
    """Three series and one afternoon. In a town too young for these people nothing is signed up for."""
    hall, library = _places(town, at=at)
    kitchen = _series(
        town, "Friday kitchen", "We cook what there is, and eat together at noon. Bring nothing but yourself.",
        _weekday(town, at, 4), time(10, 30), 150, hall, "FREQ=WEEKLY", at=at,
        parts=[
            gatherings.PartTold(gatherings.A_PLACE, 8),
            gatherings.PartTold("Cook", 3, PartKind.HELP),
            gatherings.PartTold("Childcare", 2, PartKind.EXTRA),
        ],
    )  # fmt: skip
    _series(
        town, "Millbrook sings", "No notes needed. We stand, or sit, and sing for an hour.",
        _weekday(town, at, 1), time(18, 30), 60, hall, "FREQ=WEEKLY;INTERVAL=2", at=at,
    )  # fmt: skip
    _series(
        town, "Repair café", "Bring what is broken. Somebody mends it with you.",
        _weekday(town, at, 5), time(14, 0), 180, library, "FREQ=WEEKLY;INTERVAL=4", at=at,
        visibility=Visibility.PUBLIC,
    )  # fmt: skip
    if all(_is_here(town, name, at) for name in (*KITCHEN_GUESTS, *COOKS, ON_THE_PHONE)):
        _sign_up(town, kitchen, at=at)


def _is_here(town: Town, name: str, at: datetime) -> bool:
    member = town.by_name.get(name)
    standing = standing_of(member.person, town.community, on=town.community.day_of(at)) if member else None
    return bool(standing and standing.roles)


def _places(town: Town, *, at: datetime) -> tuple[Place, Place]:
    stella = town.by_name["Stella Marsh"].person
    given: dict[str, Any] = {"community": town.community, "by": stella, "at": at}
    hall = gatherings.make_place(
        name="Mill Hall", address="3 Mill Lane", is_step_free=True, has_hearing_loop=True,
        access_notes="The ramp is at the back. Buses 4 and 11 stop outside.", **given,
    )  # fmt: skip
    library = gatherings.make_place(
        name="Library", address="1 Market Place", is_step_free=True, has_quiet_room=True,
        access_notes="The lift is behind the desk.", **given,
    )  # fmt: skip
    return hall, library


def _weekday(town: Town, at: datetime, weekday: int) -> datetime:
    """The last such day but one, so that something has been already."""
    back = (at.weekday() - weekday) % 7
    return at - timedelta(days=back + 7)


def _series(
    town: Town, title: str, about: str, first: datetime, start: time, minutes: int, place: Place, rrule: str, *,
    at: datetime, parts: list[gatherings.PartTold] | None = None, visibility: str = Visibility.MEMBERS,
) -> Series:  # fmt: skip
    last = f"{at + AHEAD:%Y%m%d}"
    return gatherings.make_series(
        community=town.community,
        told=gatherings.Told(title, minutes, about=about, place=place, visibility=visibility),
        repeats=gatherings.Repeats(f"{rrule};UNTIL={last}", town.community.day_of(first), start),
        parts=parts or [gatherings.PartTold(gatherings.A_PLACE, None)],
        by=town.by_name["Cora Lindqvist"].person, at=at, key=town.key("gathering", title),
    )  # fmt: skip


def _sign_up(town: Town, kitchen: Series, *, at: datetime) -> None:
    """The next kitchen has cooks, guests and one who phoned; who was at the last one is written down."""
    turns = list(Gathering.objects.of(town.community).filter(series=kitchen).order_by("starts_at"))
    over = [one for one in turns if one.ends_at < at]
    coming = [one for one in turns if one.starts_at > at]
    cora = town.by_name["Cora Lindqvist"].person
    for one in coming[:1]:
        cook = Part.objects.get(gathering=one, name="Cook")
        for name in KITCHEN_GUESTS:
            _books(town.by_name[name], one, at=at)
        for name in COOKS:
            _books(town.by_name[name], one, at=at, parts={cook: 1})
        member = town.by_name[ON_THE_PHONE]
        gatherings.book(
            gathering=one, membership=member, by=cora, on_behalf_of=member.person, channel="phone", at=at,
            needs="A lift there, and a chair with arms",
        )  # fmt: skip
    for one in over[-1:]:
        for name in (*KITCHEN_GUESTS, *COOKS):
            gatherings.mark(
                gathering=one, membership=town.by_name[name], said=Mark.Said.CAME, by=cora, at=at,
                key=town.key("there", one.original_start, name),
            )  # fmt: skip
        gatherings.close_attendance(gathering=one, by=cora, at=at)


def _books(member: Membership, one: Gathering, *, at: datetime, parts: dict[Part, int] | None = None) -> None:
    gatherings.book(gathering=one, membership=member, by=member.person, at=at, parts=parts)
