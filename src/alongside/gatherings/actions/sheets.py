"""Lists to sign are printed, and what was signed is keyed in."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from alongside.gatherings.actions.deeds import Deed, GatheringIsOver, held
from alongside.gatherings.actions.marking import mark
from alongside.gatherings.due import due_at
from alongside.gatherings.models import Attendance, Gathering, Mark, Sheet
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person

# Neither letters that are read as figures nor the other way round.
_LETTERS, _LONG = "ACDEFHJKMNPRTUVWXY3479", 7


class NotOnTheSheet(Refusal):
    """Numbers that the sheet does not have; `numbers` are they."""

    def __init__(self, *, numbers: list[int]) -> None:
        super().__init__(", ".join(map(str, numbers)))
        self.numbers = numbers


@dataclass(frozen=True)
class Times:
    """When somebody signed in and out, as it stands on the paper."""

    came_in: datetime | None = None
    went_out: datetime | None = None


@transaction.atomic
def print_sheet(*, gathering: Gathering, by: Person, at: datetime) -> Sheet:
    """Everybody who is due there, by name, under a number that the paper keeps. Raises GatheringIsOver."""
    stands = held(gathering)
    if stands.is_called_off:
        raise GatheringIsOver
    sheet: Sheet = Sheet.objects.create(
        community=stands.community, gathering=stands, printed_by=by, printed_at=at,
        code="".join(secrets.choice(_LETTERS) for _one in range(_LONG)),
        rows=[str(member.pk) for member in due_at(stands)],
    )  # fmt: skip
    Deed(by, at).log("gatherings.sheet_printed", sheet)
    return sheet


@transaction.atomic
def enter_sheet(
    *,
    sheet: Sheet,
    signed: Collection[int],
    by: Person,
    at: datetime,
    key: UUID,
    walk_ins: Sequence[Membership] = (),
    times: Mapping[int, Times] | None = None,
    all_signed: bool = False,
) -> list[Attendance]:
    """Key in who signed, by their numbers on the paper, from when until when (`times`), and who came besides.

    The same `key` again changes nothing.

    With `all_signed` whoever did not sign did not come; without, nothing is said about them. Raises NotOnTheSheet, and
    what `mark` raises.
    """
    members = members_on(sheet)
    told = times or {}
    if unknown := sorted({*signed, *told} - set(members)):
        raise NotOnTheSheet(numbers=unknown)
    came = dict.fromkeys([*(members[number] for number in {*signed, *told}), *walk_ins])
    said: list[tuple[Membership, str, datetime | None]] = [(one, Mark.Said.CAME, None) for one in came]
    for number, row in told.items():
        said += [(members[number], Mark.Said.IN, row.came_in)] if row.came_in else []
        said += [(members[number], Mark.Said.OUT, row.went_out)] if row.went_out else []
    if all_signed:
        said += [(one, Mark.Said.DID_NOT, None) for one in members.values() if one not in came]
    rows: dict[Membership, Attendance] = {}
    for member, word, moment in said:
        rows[member] = mark(
            gathering=sheet.gathering, membership=member, said=word, moment=moment, by=by, at=at,
            channel=Channel.PAPER, sheet=sheet, key=uuid5(key, f"{member.pk}:{word}"),
        )  # fmt: skip
    return list(rows.values())


def members_on(sheet: Sheet) -> dict[int, Membership]:
    """Who stands on a sheet, by number. A record that has become one with another is that one now."""
    rows = (
        Membership.objects.of(sheet.community).filter(pk__in=sheet.rows).select_related("person", "merged_into__person")
    )
    here = {str(one.pk): one.merged_into or one for one in rows}
    return {number: here[pk] for number, pk in enumerate(sheet.rows, 1) if pk in here}
