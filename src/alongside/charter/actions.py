"""The community's own rules: begun, proposed as values, and set by what was decided. Nothing else sets them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.charter.in_force import is_founding, values_in_force
from alongside.charter.models import CharterLine, CharterVersion
from alongside.charter.rules.values import (
    CATEGORIES,
    HABITS,
    HOUSE_RULES,
    LIMITS,
    LISTS,
    RECOGNISED_WORK,
    Values,
    applied,
    faults,
)
from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal
from alongside.decisions.rules.sides import Outcome
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Community, Membership, Person
from alongside.timebank import actions as timebank
from alongside.timebank.models import TimeBank

# What proposals about the rules are about; `about` tells `decisions` what that means.
SUBJECT = "charter"


class DecidedTogetherNow(Refusal):
    """Both sides are here: from now on the rules are theirs to decide."""


class ValuesDoNotFit(Refusal):
    """Values that no community can have; `keys` are they."""

    def __init__(self, *, keys: list[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


class NothingToSet(Refusal):
    """The values are as they are in force."""


@transaction.atomic
def begin(*, community: Community, by: Person | None, at: datetime) -> CharterVersion:
    """Write down the rules as they are now as the first version; an existing one is returned as it is."""
    first: CharterVersion | None = CharterVersion.objects.of(community).newest_first().first()
    if first is not None:
        return first
    made = _write(community, values_in_force(community), number=1, decision=None, by=by, at=at)
    activity.log(did="charter.begun", about_what=made, by_id=by.pk if by else None, at=at)
    return made


@transaction.atomic
def found(*, community: Community, change: Mapping[str, Any], by: Person | None, at: datetime) -> CharterVersion:
    """Set values while one side alone is here and nothing was decided together; a version like every other.

    `change` as `rules.values.difference` makes it. Raises DecidedTogetherNow, NothingToSet or ValuesDoNotFit.
    """
    _hold(community)
    if not is_founding(community):
        raise DecidedTogetherNow
    if not change:
        raise NothingToSet
    made = _set(community, change, decision=None, by=by, at=at)
    activity.log(did="charter.founded", about_what=made, by_id=by.pk if by else None, at=at)
    return made


def propose(
    *,
    membership: Membership,
    title: str,
    change: Mapping[str, Any],
    by: Person,
    at: datetime,
    key: UUID,
    words: Mapping[str, str] | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Proposal:
    """Begin a proposal that would set values, as a draft. Raises NothingToSet or ValuesDoNotFit."""
    _check(membership.community, change)
    return decisions.begin(
        membership=membership,
        title=title,
        words=words,
        subject=SUBJECT,
        change=change,
        by=by,
        at=at,
        key=key,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )


def change_values(
    *,
    proposal: Proposal,
    change: Mapping[str, Any],
    seen: datetime,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Draft:
    """Keep other values in the draft of a proposal's next version; its words stay.

    Raises NothingToSet, ValuesDoNotFit, and SomeoneElseWasFaster as `decisions.save_draft`.
    """
    _check(proposal.community, change)
    return decisions.save_draft(
        proposal=proposal, words={}, change=change, seen=seen, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel
    )


@transaction.atomic
def adopt(*, decision: Decision, at: datetime) -> CharterVersion | None:
    """Set what a passed decision about the rules says, once however many try; None where there is nothing to set.

    What was decided last counts: values that have become something else since are set all the same.
    """
    community = decision.community
    _hold(community)
    passed = (
        Decision.objects.of(community)
        .closed()
        .filter(pk=decision.pk, outcome=Outcome.PASSED, proposal__subject=SUBJECT)
    )
    stands: Decision | None = passed.select_related("version", "community").first()
    if stands is None:
        return None
    made: CharterVersion | None = CharterVersion.objects.of(community).filter(decision=stands).first()
    if made is None:
        made = _set(community, stands.version.change, decision=stands, by=None, at=at)
        activity.log(did="charter.adopted", about_what=made, by_id=None, at=at)
    return made


def missed() -> Iterable[Decision]:
    """Passed decisions about the rules that nobody has acted on, in the order of their closing."""
    acted_on = CharterVersion.objects.filter(community=OuterRef("community"), decision=OuterRef("pk"))
    found = Decision.objects.closed().filter(~Exists(acted_on), outcome=Outcome.PASSED, proposal__subject=SUBJECT)
    return found.select_related("community").order_by("closed_at")


def _hold(community: Community) -> None:
    """Who sets rules, or opens a vote about them, goes one after the other."""
    TimeBank.objects.of(community).select_for_update(no_key=True).first()


def _check(community: Community, change: Mapping[str, Any]) -> None:
    if not change:
        raise NothingToSet
    if keys := faults(applied(values_in_force(community), change)):
        raise ValuesDoNotFit(keys=keys)


def _set(
    community: Community, change: Mapping[str, Any], *, decision: Decision | None, by: Person | None, at: datetime
) -> CharterVersion:
    before = values_in_force(community)
    newest = begin(community=community, by=by, at=at)
    after = applied(before, change)
    if keys := faults(after):
        raise ValuesDoNotFit(keys=keys)
    made = _write(community, after, number=newest.number + 1, decision=decision, by=by, at=at)
    _carry_out(community, before, after, by=by, at=at)
    return made


def _write(
    community: Community, values: Values, *, number: int, decision: Decision | None, by: Person | None, at: datetime
) -> CharterVersion:
    version: CharterVersion = CharterVersion.objects.create(
        community=community,
        number=number,
        decision=decision,
        made_by=None if decision else by,
        made_at=at,
        categories_count=len(values[CATEGORIES]),
        recognised_work_count=len(values[RECOGNISED_WORK]),
        **{key: values[key] for key in (*LIMITS, *HABITS, HOUSE_RULES)},
    )
    CharterLine.objects.bulk_create(
        CharterLine(
            community=community, version=version, kind=kind, position=position, target=target, name=name,
            division=division,
        )
        for kind in LISTS
        for position, (target, name, division) in enumerate(values[kind], start=1)
    )  # fmt: skip
    return version


def _carry_out(community: Community, before: Values, after: Values, *, by: Person | None, at: datetime) -> None:
    """Bring the rows that the rules set to what the newest version says; what does not change is not touched."""
    settings = {key: after[key] for key in (*LIMITS, *HABITS) if before[key] != after[key]}
    if settings:
        timebank.update_time_bank(bank=TimeBank.objects.of(community).get(), by=by, at=at, **settings)
    if before[CATEGORIES] != after[CATEGORIES]:
        timebank.set_categories(community=community, items=_items(after[CATEGORIES]), by=by, at=at)
    if before[RECOGNISED_WORK] != after[RECOGNISED_WORK]:
        timebank.set_recognised_kinds(community=community, items=_items(after[RECOGNISED_WORK]), by=by, at=at)
    if before[HOUSE_RULES] != after[HOUSE_RULES]:
        decisions.set_house_rules(community=community, words=after[HOUSE_RULES], by=by, at=at)


def _items(rows: list[list[Any]]) -> list[timebank.Item]:
    return [timebank.Item(UUID(target), name, division) for target, name, division in rows]
