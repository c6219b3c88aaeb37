"""One thing that waits for a person, as every page of this room and the noticeboard tell it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Self

from django.db.models import DateField, DateTimeField, UUIDField

from alongside.kernel import clock
from alongside.kernel.db import Given, HowMany
from alongside.people.models import CommunityQuerySet
from alongside.people.permissions import Standing

# At most so many of one kind.
SHOWN = 5


@dataclass(frozen=True)
class Need:
    """One thing that waits for this person: where, what about, and the word on the button."""

    title: str
    text: str
    url: str
    icon: str
    action: str


@dataclass(frozen=True)
class Asked:
    """Of whom and of when it is asked what waits; or, in a question that is written once, what stands for them."""

    community: Any
    membership: Any
    at: Any
    today: Any


Kind = Callable[[Asked], CommunityQuerySet]
_kinds: dict[str, Kind] = {}


def kind(rows: Kind) -> Kind:
    """Let an `Asker` ask whether there is anything of this kind together with all others."""
    _kinds[f"{rows.__module__}.{rows.__qualname__}"] = rows
    return rows


@cache
def _how_many(names: frozenset[str]) -> HowMany:
    anybody = Asked(
        community=Given("community", UUIDField()),
        membership=Given("membership", UUIDField()),
        at=Given("at", DateTimeField()),
        today=Given("today", DateField()),
    )
    return HowMany({name: _kinds[name](anybody).values("pk") for name in sorted(names)}, most=1)


@dataclass(frozen=True)
class Asker(Standing):
    """Somebody of whom many kinds are asked at a time: mostly there is nothing of most of them."""

    names: frozenset[str] = field(kw_only=True)

    @classmethod
    def of(cls, standing: Standing, *kinds: Kind) -> Self:
        """Of some kinds, or of every one."""
        return cls(
            person=standing.person,
            community=standing.community,
            membership=standing.membership,
            roles=standing.roles,
            group_roles=standing.group_roles,
            names=frozenset(name for name, each in _kinds.items() if each in kinds or not kinds),
        )

    @cached_property
    def waits(self) -> frozenset[Kind]:
        """The kinds of which something waits. One question."""
        found = _how_many(self.names).ask(
            community=self.community.pk, membership=self.membership.pk, at=clock.now(), today=clock.today()
        )
        return frozenset(_kinds[name] for name, number in found.items() if number)


def may_wait(standing: Standing, kind: Kind) -> bool:
    """False where it is known already that nothing of this kind waits."""
    return not isinstance(standing, Asker) or kind in standing.waits


def first_waiting(standing: Standing, kind: Kind, *told: str, most: int = SHOWN) -> list[Any]:
    """The first of a kind; for an `Asker` no question where nothing waits."""
    if not may_wait(standing, kind):
        return []
    return first_of(kind(asked_of(standing)), *told, most=most)


def asked_of(standing: Standing) -> Asked:
    return Asked(standing.community, standing.membership, clock.now(), clock.today())


def first_of(rows: CommunityQuerySet, *told: str, most: int = SHOWN) -> list[Any]:
    """At most so many of what waits, with what is told of each and nothing else: a line takes few of all its words.

    `told`: the fields, such as "closes_at" and "proposal__title"; any other would be one more question.
    """
    joined = {field.rpartition("__")[0] for field in told} - {""}
    bare = rows.select_related(None)
    return list((bare.select_related(*joined) if joined else bare).only(*told)[:most])
