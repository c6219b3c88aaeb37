"""Entitlements: issued for thresholds that were crossed, from a stock that is held, the first in line first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import Membership, Person
from alongside.programs.models import Program
from alongside.programs.rules.times import after
from alongside.rewards import letters
from alongside.rewards.models import Entitlement, PaperNote, Reward
from alongside.rewards.reading import Visits, counts_credits, terms_of, visits_of
from alongside.rewards.rules.codes import new_code
from alongside.rewards.rules.earning import Terms, earned
from alongside.rewards.rules.settling import OPEN, USED, WITHDRAWN, settled

State, Why = Entitlement.State, Entitlement.Why


@transaction.atomic
def issue_due(*, program: Program, by: Person | None, at: datetime) -> list[Entitlement]:
    """Bring entitlements to what verified time has earned; return those that are new or came back.

    However often it runs, and however many at once, each threshold gives one: rewards are held one after the other.
    What was used stands, though its time was put right since; what was not is withdrawn with a reason.
    """
    rewards = held_rows(Reward.objects.on(program).got_by(Reward.Way.EARNED))
    if not rewards:
        return []
    terms = terms_of(program)
    visits = visits_of(program, with_credits=counts_credits(terms))
    members = _members(program, visits)
    found: list[Entitlement] = []
    for reward in rewards:
        reward.program = program
        found += _bring_to(reward, terms.get(reward.key, []), visits, members, by=by, at=at)
    return found


def held(reward: Reward) -> Reward:
    """The reward's row, held until the end of the transaction: stock is taken by one after the other."""
    (found,) = held_rows(Reward.objects.of(reward.community).filter(pk=reward.pk))
    return found


def held_rows(rows: Any) -> list[Reward]:
    """These rewards, held, in an order that is always the same: so nobody waits for each other."""
    found = list(
        rows.select_related("program", "community").order_by("pk").select_for_update(of=("self",), no_key=True)
    )
    for reward in found:
        reward.program.community = reward.community
    return found


def _members(program: Program, visits: Visits) -> dict[UUID, Membership]:
    """Those who belong today, of whom something is known here."""
    there = Entitlement.objects.in_program(program).values_list("membership", flat=True)
    current = Membership.objects.of(program.community).current().filter(pk__in={*visits, *there})
    return {member.pk: member for member in current.select_related("person")}


def _bring_to(
    reward: Reward,
    terms: Sequence[Terms],
    visits: Visits,
    members: Mapping[UUID, Membership],
    *,
    by: Person | None,
    at: datetime,
) -> list[Entitlement]:
    rows: defaultdict[UUID, dict[int, Entitlement]] = defaultdict(dict)
    for row in Entitlement.objects.on(reward).filter(origin=Entitlement.Origin.EARNED):
        rows[row.membership_id][row.number] = row
    new: list[tuple[datetime, UUID, int]] = []
    back: list[Entitlement] = []
    for pk in members:
        crossings = {one.number: one.moment for one in earned(visits.get(pk, []), terms).crossings}
        plan = settled(crossings, [(number, _told(row)) for number, row in rows[pk].items()])
        for number in plan.withdraw:
            withdraw(_of(rows[pk][number], reward, members[pk]), Why.CORRECTED, by=by, at=at)
        back += [_of(rows[pk][number], reward, members[pk]) for number in plan.bring_back]
        new += [(crossings[number], pk, number) for number in plan.give]
    fill(reward, at=at)
    found = [row for row in back if _bring_back(row, by=by, at=at)]
    for moment, pk, number in sorted(new):
        about = {"origin": Entitlement.Origin.EARNED, "number": number, "earned_at": moment}
        found += give(reward, members[pk], by=by, at=at, **about)
    return found


def _told(row: Entitlement) -> str:
    if row.state in (State.WAITING, State.ISSUED):
        return OPEN
    return WITHDRAWN if row.state == State.VOID and row.why != Why.GIVEN_BACK else USED


def _of(row: Entitlement, reward: Reward, member: Membership) -> Entitlement:
    row.reward, row.membership, row.community = reward, member, reward.community
    return row


def give(reward: Reward, member: Membership, *, by: Person | None, at: datetime, **about: Any) -> list[Entitlement]:
    """One more, of a reward that is held: ready, or in line where all are taken; [] where nobody waits for it."""
    reward.refresh_from_db(fields=["taken"])
    if reward.is_gone and not reward.term("waiting_list"):
        return []
    row = Entitlement(community=reward.community, reward=reward, membership=member, state=State.WAITING, **about)
    if not reward.is_gone:
        _make_ready(row, at=at)
    row.save(force_insert=True)
    activity.log(did=f"rewards.{row.state}", about_what=row, by_id=by.pk if by else None, at=at)
    letters.about(row, at=at)
    return [row]


def _make_ready(row: Entitlement, *, at: datetime) -> None:
    """Fill in what one has that is ready; the caller saves it."""
    row.state, row.issued_at, row.code = State.ISSUED, at, fresh_code(row.community_id)
    row.settled_at, row.settled_by, row.why = None, None, ""
    row.expires_on = last_day(row.reward, at)


def fresh_code(community_id: UUID) -> str:
    """A code that nothing in the community has; the database has the last word."""
    while Entitlement.objects.filter(community=community_id, code=(code := new_code())).exists():
        pass
    return code


def last_day(reward: Reward, at: datetime) -> date | None:
    """The last day on which one that is issued now can be used; None: it does not run out."""
    lasts: str | None = reward.term("expires_after")
    return after(reward.community.day_of(at), lasts) if lasts else None


def _bring_back(row: Entitlement, *, by: Person | None, at: datetime) -> bool:
    """What was withdrawn is there again, should somebody have seen that the time was right after all."""
    row.reward.refresh_from_db(fields=["taken"])
    if row.reward.is_gone and not row.reward.term("waiting_list"):
        return False
    if row.reward.is_gone:
        row.state, row.issued_at, row.code, row.expires_on = State.WAITING, None, None, None
        row.settled_at, row.settled_by, row.why = None, None, ""
    else:
        _make_ready(row, at=at)
    row.save()
    activity.log(did="rewards.brought_back", about_what=row, by_id=by.pk if by else None, at=at)
    letters.about(row, at=at)
    return True


def withdraw(
    row: Entitlement, why: str, *, by: Person | None, at: datetime, on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> bool:  # fmt: skip
    """Make one void that nobody has used meanwhile, and its paper with it; False when somebody has."""
    open_rows = Entitlement.objects.of(row.community).filter(pk=row.pk, state__in=[State.WAITING, State.ISSUED])
    if not open_rows.update(state=State.VOID, why=why, settled_at=at, settled_by=by):
        return False
    row.state, row.why = State.VOID, why
    PaperNote.objects.on(row).out().update(state=PaperNote.State.VOID, settled_at=at)
    activity.log(
        did="rewards.given_back" if why == Why.GIVEN_BACK else "rewards.withdrawn", about_what=row,
        by_id=by.pk if by else None, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    if why == Why.CORRECTED:
        letters.about(row, at=at)
    return True


def fill(reward: Reward, *, at: datetime) -> list[Entitlement]:
    """Those first in line get what is free, of a reward that is held."""
    reward.refresh_from_db(fields=["taken", "stock"])
    waiting: Iterable[Entitlement] = Entitlement.objects.on(reward).in_line().select_related("membership__person")
    if reward.left is not None:
        waiting = waiting[: max(0, reward.left)]  # type: ignore[index]
    found = []
    for row in list(waiting):
        _make_ready(_of(row, reward, row.membership), at=at)
        row.save()
        activity.log(did="rewards.issued", about_what=row, by_id=None, at=at)
        letters.about(row, at=at)
        found.append(row)
    return found


@transaction.atomic
def expire_due(*, by: Person | None, at: datetime) -> int:
    """What was not used by its last day has run out, and somebody in line has it; how many ran out."""
    # As if it were tomorrow already, which it is somewhere; each community's own day has the last word.
    rows = Entitlement.objects.run_out(at.date() + timedelta(days=1)).select_related("reward", "community")
    count = 0
    for row in rows.order_by("reward", "pk"):
        if not row.has_run_out(row.community.day_of(at)):
            continue
        reward = held(row.reward)
        gone = Entitlement.objects.of(reward.community).in_hand().filter(pk=row.pk)
        if gone.update(state=State.EXPIRED, settled_at=at):
            PaperNote.objects.on(row).out().update(state=PaperNote.State.VOID, settled_at=at)
            activity.log(did="rewards.run_out", about_what=row, by_id=by.pk if by else None, at=at)
            count += 1
            fill(reward, at=at)
    return count
