"""How rewards look on pages: what somebody has, how far it is to the next, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.people.models import BodyMember, Community, Membership
from alongside.programs.models import Program
from alongside.programs.rules.times import minutes_of
from alongside.programs.words import translated
from alongside.rewards.models import DrawEntry, Entitlement, PaperNote, Reward
from alongside.rewards.reading import counts_credits, terms_of, visits_of
from alongside.rewards.rules.earning import EVER, Earned, earned
from alongside.rewards.rules.section import COUNTS, NOBODY, PER, TRANSFER
from alongside.ui.words import hours_text

SHOWN_AT_ONCE = 20
State = Entitlement.State


@dataclass(frozen=True)
class OnTheWay:
    """How far somebody is to the next one. `is_enough`: by the rule they have as many as one person can."""

    reward: Reward
    minutes: int
    need: int
    is_enough: bool

    @property
    def words(self) -> str:
        """ "3 h 59 min of 4 hours"."""
        return _("%(done)s of %(need)s") % {"done": hours_text(self.minutes), "need": hours_text(self.need)}

    @property
    def missing(self) -> int:
        return self.need - self.minutes


@dataclass(frozen=True)
class InLine:
    """Somebody on a waiting list, and their place in it, from 1."""

    entitlement: Entitlement
    place: int


def mine(membership: Membership, on: date) -> dict[str, Any]:
    """All that one person has, waits for, had, and is on the way to."""
    rows = list(Entitlement.objects.of_member(membership).with_rewards().newest_first())
    ready = [row for row in rows if row.is_in_hand and not row.has_run_out(on)]
    return {
        "ready": ready,
        "in_line": places_in_line([row for row in rows if row.is_waiting]),
        "over": [row for row in rows if row not in ready and not row.is_waiting][:SHOWN_AT_ONCE],
        "on_the_way": on_the_way(membership),
        "entries": DrawEntry.objects.of(membership.community)
        .filter(membership=membership, draw__drawn_at=None)
        .select_related("draw__reward")
        .order_by("draw__closes_at"),
    }


def places_in_line(rows: Iterable[Entitlement]) -> list[InLine]:
    """The place of each, in one question for each reward that somebody waits for."""
    found = []
    for row in rows:
        before = Entitlement.objects.on(row.reward).filter(state=State.WAITING)
        earlier = Q(earned_at__lt=row.earned_at) | Q(earned_at=row.earned_at, id__lt=row.pk)
        found.append(InLine(row, before.filter(earlier).count() + 1))
    return found


def on_the_way(membership: Membership, program: Program | None = None) -> list[OnTheWay]:
    """How far somebody is, in the programs they belong to; three questions a program."""
    groups = BodyMember.objects.of(membership.community).filter(membership=membership).exclude(group=None)
    rewards = Reward.objects.of(membership.community).agreed().got_by(Reward.Way.EARNED).in_order()
    rewards = rewards.filter(program=program) if program else rewards.filter(program__group__in=groups.values("group"))
    by_program: dict[UUID, list[Reward]] = {}
    for reward in rewards.select_related("program"):
        by_program.setdefault(reward.program_id, []).append(reward)
    return [one for theirs in by_program.values() for one in _of_program(theirs, membership)]


def _of_program(rewards: list[Reward], membership: Membership) -> list[OnTheWay]:
    program = rewards[0].program
    program.community = membership.community
    terms = terms_of(program)
    visits = visits_of(program, membership=membership, with_credits=counts_credits(terms))
    return [_way(reward, earned(visits.get(membership.pk, []), terms.get(reward.key, []))) for reward in rewards]


def _way(reward: Reward, found: Earned) -> OnTheWay:
    at_most = reward.term("at_most")
    is_enough = reward.term("per", EVER) == EVER and at_most is not None and len(found.crossings) >= at_most
    return OnTheWay(reward, found.towards, minutes_of(reward.term("after")), is_enough)


def rule_of(reward: Reward) -> list[tuple[str, str]]:
    """What is agreed about a reward, in words: what, and how."""
    told = []
    if after := reward.term("after"):
        told.append((_("Earned after"), hours_text(minutes_of(after))))
        told.append((_("What counts"), translated(COUNTS[reward.term("counts", next(iter(COUNTS)))])))
    if price := reward.term("price"):
        told.append((_("Hours it asks"), hours_text(minutes_of(price))))
    if draw := reward.term("draw"):
        told.append(
            (_("In a draw"), _("one ticket for every %(time)s") % {"time": hours_text(minutes_of(draw["every"]))})
        )
    if at_most := reward.term("at_most"):
        told.append((_("For one person"), f"{at_most} {translated(PER[reward.term('per', EVER)])}"))
    if reward.way == Reward.Way.EARNED and reward.stock is not None:
        waits = _("whoever comes later is in line") if reward.term("waiting_list") else _("no waiting list")
        told.append((_("When all are taken"), waits))
    told.append((_("May be handed on to"), translated(TRANSFER[reward.term("transfer", NOBODY)])))
    if lasts := reward.term("expires_after"):
        told.append((_("Can be used for"), period_words(lasts)))
    return told


def period_words(text: str) -> str:
    """ "6 months" in the reader's language."""
    count, unit = text.split()
    number = int(count)
    words = {
        "day": ngettext("%(count)s day", "%(count)s days", number),
        "week": ngettext("%(count)s week", "%(count)s weeks", number),
        "month": ngettext("%(count)s month", "%(count)s months", number),
        "year": ngettext("%(count)s year", "%(count)s years", number),
    }
    return words[unit.removesuffix("s")] % {"count": number}


@dataclass(frozen=True)
class RewardShown:
    reward: Reward
    rule: list[tuple[str, str]]

    @property
    def price(self) -> int | None:
        """Minutes it asks from the catalogue."""
        asks = self.reward.term("price")
        return minutes_of(asks) if asks else None


def rewards_of(program: Program) -> list[RewardShown]:
    """What a program has agreed on."""
    return [RewardShown(reward, rule_of(reward)) for reward in Reward.objects.on(program).agreed().in_order()]


def catalogue(community: Community) -> list[RewardShown]:
    """What can be taken for hours, in all programs that go on."""
    rows = Reward.objects.of(community).agreed().got_by(Reward.Way.BOUGHT).select_related("program").in_order()
    return [RewardShown(reward, rule_of(reward)) for reward in rows]


def notes_of(reward: Reward) -> dict[str, int]:
    """Paper: printed is redeemed and out and void, always."""
    rows = PaperNote.objects.of(reward.community).filter(entitlement__reward=reward).values("state")
    counts = {row["state"]: row["count"] for row in rows.annotate(count=Count("pk")).order_by()}
    found = {str(state): counts.get(str(state), 0) for state in PaperNote.State.values}
    return {"printed": sum(found.values()), **found}
