"""Pictures to choose from instead of writing: a code, the icon that shows it, and where it belongs."""

from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """The parts of a strengths profile. The first six are things a person can share."""

    SKILL = "skill"
    LIVED = "lived"
    PLACE = "place"
    TOOL = "tool"
    CONNECTION = "connection"
    COMPANY = "company"
    LEARN = "learn"
    MATTERS = "matters"


SHARED = (Section.SKILL, Section.LIVED, Section.PLACE, Section.TOOL, Section.CONNECTION, Section.COMPANY)


@dataclass(frozen=True)
class Picture:
    code: str
    icon: str  # a name in the house's icon sprite
    section: Section


def _pictures(section: Section, **icons: str) -> list[Picture]:
    return [Picture(f"{section}-{code}".replace("_", "-"), icon, section) for code, icon in icons.items()]


PICTURES = (
    *_pictures(
        Section.SKILL,
        cooking="cooking-pot",
        gardening="sprout",
        mending="hammer",
        driving="car",
        reading="book-open",
        forms="clipboard-pen",
        computers="laptop",
        music="music",
        sewing="scissors",
        animals="paw-print",
        languages="languages",
        painting="paintbrush",
    ),
    *_pictures(
        Section.LIVED,
        illness="heart-pulse",
        caring="heart-handshake",
        parenting="baby",
        loss="flower-2",
        moving="map-pinned",
        work="briefcase",
        recovery="sunrise",
        disability="accessibility",
    ),
    *_pictures(
        Section.PLACE,
        room="sofa",
        kitchen="utensils",
        garden="trees",
        workshop="warehouse",
        parking="square-parking",
        storage="package",
    ),
    *_pictures(
        Section.TOOL,
        drill="drill",
        ladder="construction",
        mower="shovel",
        trailer="truck",
        sewing_machine="shirt",
        printer="printer",
        bicycle="bike",
        camera="camera",
    ),
    *_pictures(
        Section.CONNECTION,
        neighbors="house",
        clubs="users",
        businesses="store",
        services="landmark",
        faith="hand-heart",
        schools="school",
    ),
    *_pictures(
        Section.COMPANY,
        cup_of_tea="coffee",
        walking="footprints",
        phone_chat="phone",
        games="dices",
        visiting="door-open",
        outings="ticket",
    ),
    *_pictures(
        Section.LEARN,
        cooking="cooking-pot",
        gardening="sprout",
        mending="hammer",
        computers="laptop",
        music="music",
        languages="languages",
        exercise="dumbbell",
        money="piggy-bank",
    ),
    *_pictures(
        Section.MATTERS,
        family="house-heart",
        friends="users",
        health="heart-pulse",
        nature="trees",
        faith="hand-heart",
        learning="book-open",
        being_useful="handshake",
        independence="key-round",
        safety="shield-check",
        fun="party-popper",
    ),
)

BY_CODE = {picture.code: picture for picture in PICTURES}


def pictures_of(section: str) -> list[Picture]:
    """The pictures offered in one section of a profile."""
    return [picture for picture in PICTURES if picture.section == section]
