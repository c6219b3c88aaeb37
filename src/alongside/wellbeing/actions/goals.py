"""Goals: written, reworded and ended by the person, or by somebody who writes down what the person says."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs.models import Program
from alongside.wellbeing.models import Goal


@transaction.atomic
def add_goal(
    *,
    membership: Membership,
    words: str,
    by: Person,
    at: datetime,
    key: UUID,
    program: Program | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Goal:
    """Write down what somebody wants. The same `key` again returns the first."""
    goal, is_new = Goal.objects.get_or_create(
        community=membership.community,
        key=key,
        defaults={
            "membership": membership, "words": words, "program": program, "made_at": at, "keyed_by": by,
            "channel": channel,
        },
    )  # fmt: skip
    if is_new:
        _log("wellbeing.goal_added", goal, by, at, on_behalf_of, channel)
    return goal


@transaction.atomic
def reword_goal(
    *,
    goal: Goal,
    words: str,
    program: Program | None,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Goal:
    """Say it otherwise; the words before are gone. Raises SomeoneElseWasFaster once it has ended."""
    open_goals = Goal.objects.of(goal.community).open().filter(pk=goal.pk)
    if not open_goals.update(words=words, program=program, keyed_by=by, channel=channel):
        raise SomeoneElseWasFaster
    _log("wellbeing.goal_reworded", goal, by, at, on_behalf_of, channel)
    goal.refresh_from_db()
    return goal


@transaction.atomic
def end_goal(
    *,
    goal: Goal,
    ending: str,
    words: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Goal:
    """Call a goal reached, or let it go. Raises SomeoneElseWasFaster once it has ended."""
    open_goals = Goal.objects.of(goal.community).open().filter(pk=goal.pk)
    if not open_goals.update(ending=ending, ending_words=words, ended_at=at):
        raise SomeoneElseWasFaster
    _log("wellbeing.goal_ended", goal, by, at, on_behalf_of, channel)
    undoing.offer("wellbeing.end_goal", goal, by=by, at=at)
    goal.refresh_from_db()
    return goal


def _log(did: str, goal: Goal, by: Person, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did, about_what=goal, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
