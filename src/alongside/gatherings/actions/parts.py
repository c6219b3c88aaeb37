"""One more thing that can be taken at a gathering, and taking it off again: nobody's place changes by it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alongside.gatherings.actions.deeds import Deed, GatheringIsOver, held
from alongside.gatherings.actions.making import PartTold
from alongside.gatherings.models import Gathering, Part
from alongside.kernel.errors import Refusal
from alongside.people.models import Person


class PartIsTaken(Refusal):
    """Somebody has taken it, or waits for it: it cannot go."""


@transaction.atomic
def add_part(*, gathering: Gathering, told: PartTold, by: Person | None, at: datetime) -> Part:
    """Put one more part at the end; one of that name is returned as it is. Raises GatheringIsOver."""
    stands = held(gathering)
    if not stands.is_open(at):
        raise GatheringIsOver
    rows = Part.objects.of(stands.community).filter(gathering=stands)
    there: Part | None = rows.filter(name=told.name).first()
    if there is not None:
        return there
    last = rows.aggregate(last=Max("position"))["last"]
    made: Part = Part.objects.create(
        community=stands.community, gathering=stands, name=told.name, kind=told.kind, size=told.size,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    Deed(by, at).log("gatherings.part_added", stands)
    return made


@transaction.atomic
def take_part_off(*, gathering: Gathering, name: str, by: Person | None, at: datetime) -> None:
    """It can be taken no more; one that is not there is none already. Raises PartIsTaken."""
    stands = held(gathering)
    part = Part.objects.of(stands.community).filter(gathering=stands, name=name).first()
    if part is None:
        return
    if part.seats.exists():
        raise PartIsTaken
    part.delete()
    Deed(by, at).log("gatherings.part_taken_off", stands)
