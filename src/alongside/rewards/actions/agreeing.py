"""Rewards as the design of a program has them: their rows follow every version."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.kernel import activity
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.rewards.actions.issuing import fill, held_rows
from alongside.rewards.models import Reward


@transaction.atomic
def follow_design(*, program: Program, section: dict[str, Any], by: Person | None, at: datetime) -> list[Reward]:
    """Bring the program's rewards to what is agreed now; what people have stays. Return those that changed.

    A stock that is agreed to be less than what is taken ends where that is. More of it goes to those in line.
    """
    there = {reward.key: reward for reward in held_rows(Reward.objects.on(program))}
    changed = []
    for key, terms in section.items():
        reward = there.get(key) or Reward(community=program.community, program=program, key=key)
        before = (reward.terms, reward.is_agreed)
        reward.name, reward.way, reward.terms, reward.is_agreed = terms["name"], way_of(terms), terms, True
        stock = terms.get("stock")
        reward.stock = None if stock is None else max(stock, reward.taken)
        reward.save()
        if before != (terms, True):
            activity.log(did="rewards.agreed", about_what=reward, by_id=by.pk if by else None, at=at)
            changed.append(reward)
        fill(reward, at=at)
    for key in there.keys() - section.keys():
        if there[key].is_agreed:
            Reward.objects.of(program.community).filter(pk=there[key].pk).update(is_agreed=False)
            activity.log(did="rewards.ended", about_what=there[key], by_id=by.pk if by else None, at=at)
            changed.append(there[key])
    return changed


def way_of(terms: dict[str, Any]) -> str:
    """How one comes by it."""
    if "price" in terms:
        return Reward.Way.BOUGHT
    return Reward.Way.DRAWN if "draw" in terms else Reward.Way.EARNED
