"""A step for one week: written one thing at a time, kept, and looked back on before the next."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.wellbeing.models import ActionStep, Goal
from alongside.wellbeing.rules.steps import EASIER, PARTS, is_unsure, next_part


class LookBackFirst(Refusal):
    """Last week's step comes first."""


class StillMissing(Refusal):
    """`part`: the first thing that has no answer; "easier" where somebody is unsure and has said nothing of it."""

    def __init__(self, *, part: str) -> None:
        super().__init__(part)
        self.part = part


@transaction.atomic
def begin_step(
    *,
    membership: Membership,
    by: Person,
    at: datetime,
    goal: Goal | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> ActionStep:
    """Begin a step for the week, or go on with the one that is begun. Raises LookBackFirst."""
    # Two pages at once begin one step.
    Membership.objects.of(membership.community).select_for_update(no_key=True).get(pk=membership.pk)
    step: ActionStep | None = ActionStep.objects.of_member(membership).open().first()
    if step is not None and step.kept_at is not None:
        raise LookBackFirst
    if step is None:
        step = ActionStep.objects.create(
            community=membership.community, membership=membership, goal=goal, begun_at=at, keyed_by=by, channel=channel
        )
        _log("wellbeing.step_begun", step, by, at, on_behalf_of, channel)
    return step


@transaction.atomic
def answer_step(
    *,
    step: ActionStep,
    part: str,
    value: Any,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> ActionStep:
    """Answer one thing about a step that is not kept yet. Raises SomeoneElseWasFaster.

    Whoever says another number below 7 is asked again what would make it easier.
    """
    if part not in (*PARTS, EASIER):
        raise ValueError(part)
    held = _held(step)
    if held.kept_at is not None:
        raise SomeoneElseWasFaster
    if part == "confidence" and is_unsure(value) and held.confidence != value:
        held.easier = ""
    setattr(held, part, value)
    held.keyed_by, held.channel = by, channel
    held.save()
    _log("wellbeing.step_answered", held, by, at, on_behalf_of, channel)
    return held


@transaction.atomic
def keep_step(
    *, step: ActionStep, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> ActionStep:
    """Keep a step for the week; kept already is kept. Raises StillMissing."""
    held = _held(step)
    if held.kept_at is not None:
        return held
    if part := next_part({name: getattr(held, name) for name in (*PARTS, EASIER)}):
        raise StillMissing(part=part)
    held.kept_at = at
    held.save(update_fields=["kept_at"])
    _log("wellbeing.step_kept", held, by, at, on_behalf_of, channel)
    undoing.offer("wellbeing.keep_step", held, by=by, at=at)
    return held


@transaction.atomic
def look_back(
    *,
    step: ActionStep,
    outcome: str,
    words: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> ActionStep:
    """Say what became of a kept step, in one's own words. Raises SomeoneElseWasFaster."""
    held = _held(step)
    if held.kept_at is None or held.looked_back_at is not None:
        raise SomeoneElseWasFaster
    held.outcome, held.outcome_words, held.looked_back_at = outcome, words, at
    held.save(update_fields=["outcome", "outcome_words", "looked_back_at"])
    _log("wellbeing.step_looked_back_on", held, by, at, on_behalf_of, channel)
    undoing.offer("wellbeing.look_back", held, by=by, at=at)
    return held


@transaction.atomic
def let_step_go(
    *, step: ActionStep, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> ActionStep:
    """Throw a step away that is not kept yet; after a minute its words are gone. Raises SomeoneElseWasFaster."""
    held = _held(step)
    if held.kept_at is not None:
        raise SomeoneElseWasFaster
    held.let_go_at = at
    held.save(update_fields=["let_go_at"])
    _log("wellbeing.step_let_go", held, by, at, on_behalf_of, channel)
    undoing.offer("wellbeing.let_step_go", held, by=by, at=at)
    return held


def _held(step: ActionStep) -> ActionStep:
    """The step as it stands, held until the end of the transaction. Raises SomeoneElseWasFaster when it is gone."""
    rows = ActionStep.objects.of(step.community).filter(pk=step.pk, let_go_at=None)
    found = rows.select_for_update(no_key=True).first()
    if found is None:
        raise SomeoneElseWasFaster
    return found  # type: ignore[no-any-return]


def _log(did: str, step: ActionStep, by: Person, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did, about_what=step, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
