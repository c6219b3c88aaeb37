"""What every table of a community is made of."""

from typing import Any, Self, cast
from uuid import UUID

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode
from django.utils.encoding import force_str

from alongside.kernel.ids import new_id


class HouseForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between two tables of a community, whose joins also compare the community.

    It keeps a join on one shard when the tables are distributed by community, and makes a row
    of another community unreachable through a join. Both models must have `community`.
    """

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> WhereNode:
        here = self.model._meta.get_field("community")
        there = self.remote_field.model._meta.get_field("community")
        # The stubs lag behind: a lookup is a node, and joined tables always carry an alias.
        same = Exact(Col(alias, there), Col(related_alias, here))  # type: ignore[arg-type]
        return WhereNode([same])  # type: ignore[list-item]

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, UUID]:
        return {"community_id": instance.community_id}  # type: ignore[attr-defined]


class HouseOneToOneField(HouseForeignKey, models.OneToOneField[Any, Any]):
    """A house foreign key that at most one row uses. The model's own unique rule, which names the
    community, says so: a field's own `unique` could not name it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unique = False


class CommunityQuerySet(models.QuerySet[Any]):
    def of(self, community: models.Model) -> Self:
        """Only the rows of one community."""
        return self.filter(community=community)

    def first_few(self, most: int) -> list[Any]:
        """The first rows. Mostly there are none, and to ask that without all the words takes half as long.

        The database sorts the ids alone: to order a hundred columns, Django compares each of them with the order.
        """
        ids = list(self.values_list("pk", flat=True)[:most])
        found = {row.pk: row for row in self.order_by().filter(pk__in=ids)} if ids else {}
        return [found[pk] for pk in ids if pk in found]


class CommunityModel(models.Model):
    """A row that belongs to one community and never leaves it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    community = models.ForeignKey("people.Community", models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:
        """The words of one choice, as Django writes them, without translating those of all others on the way."""
        value = getattr(self, field.attname)
        words = next((words for key, words in field.flatchoices if key == value), value)
        return cast(str, force_str(words, strings_only=True))
