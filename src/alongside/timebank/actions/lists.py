"""The lists people choose from: kinds of help, and kinds of recognised work, under the community's own names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from alongside.kernel import activity
from alongside.people.models import Community, Person
from alongside.timebank.actions.who import id_of
from alongside.timebank.models import Category, RecognisedKind, TimeBank


@dataclass(frozen=True)
class Item:
    """One thing in a list, beneath a division of ICATUS 2016 (1 to 9). An `id` not yet there makes a new one."""

    id: UUID
    name: str
    division: int


@transaction.atomic
def add_category(
    *, community: Community, name: str, division: int, by: Person | None, at: datetime, is_offered: bool = True
) -> Category:
    """Add a category beneath a division of ICATUS 2016 (1 to 9); not `is_offered`: for history alone."""
    last = Category.objects.of(community).aggregate(last=Max("position"))["last"]
    category = Category.objects.create(
        community=community,
        name=name,
        division=division,
        position=(last or 0) + 1,
        archived_at=None if is_offered else at,
    )
    activity.log(did="timebank.category_added", about_what=category, by_id=id_of(by), at=at)
    return category


@transaction.atomic
def set_categories(*, community: Community, items: Sequence[Item], by: Person | None, at: datetime) -> None:
    """Make `items`, in this order, the kinds of help that people choose from.

    What is renamed keeps its history; what is no longer among them is offered no more, and what was posted under it
    stays. No name may be one that another row has now.
    """
    _set_list(Category, community, items, at, positions=True)
    _log("timebank.categories_set", community, by, at)


@transaction.atomic
def set_recognised_kinds(*, community: Community, items: Sequence[Item], by: Person | None, at: datetime) -> None:
    """Make `items` the kinds of recognised work that people can note; what was noted under others stays."""
    _set_list(RecognisedKind, community, items, at, positions=False)
    _log("timebank.recognised_kinds_set", community, by, at)


def _set_list(
    model: type[Category] | type[RecognisedKind],
    community: Community,
    items: Sequence[Item],
    at: datetime,
    *,
    positions: bool,
) -> None:
    rows = {row.pk: row for row in model.objects.of(community).select_for_update()}
    kept = {item.id for item in items}
    for row in rows.values():
        if row.pk not in kept and row.archived_at is None:
            row.archived_at = at
            row.save(update_fields=["archived_at"])
    for position, item in enumerate(items, start=1):
        told = {"name": item.name, "division": item.division, "archived_at": None}
        if positions:
            told["position"] = position
        row = rows.get(item.id)
        if row is None:
            model.objects.create(pk=item.id, community=community, **told)
        elif any(getattr(row, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(row, name, value)
            row.save(update_fields=list(told))


def _log(did: str, community: Community, by: Person | None, at: datetime) -> None:
    bank = TimeBank.objects.of(community).get()
    activity.log(did=did, about_what=bank, by_id=id_of(by), at=at)
