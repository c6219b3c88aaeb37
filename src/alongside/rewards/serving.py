"""The section `rewards` of a design: this room brings its rows to what is agreed, and people keep what they have."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.programs import serving
from alongside.programs.serving import Effect, Served, Turn
from alongside.rewards import actions
from alongside.rewards.models import Entitlement, Reward
from alongside.rewards.rules.section import NAME, SECTION


def register() -> None:
    """Let blueprints have rewards."""
    serving.register(Served(SECTION, preview=preview, carry_out=carry_out))


def preview(turn: Turn) -> list[Effect]:
    """What people have stays; a larger stock reaches those in line."""
    if not turn.before:
        return []
    told = []
    for reward in Reward.objects.on(turn.program).order_by("name", "pk"):
        terms = turn.after.get(NAME, {}).get(reward.key)
        if reward.taken and terms != reward.terms:
            words = ngettext(
                "%(name)s: %(count)s person keeps what they have.",
                "%(name)s: %(count)s people keep what they have.",
                reward.taken,
            )
            told.append(Effect(words % {"name": reward.name, "count": reward.taken}, reward.taken))
        if terms is not None:
            told += _stock_effects(reward, terms.get("stock"))
    return told


def _stock_effects(reward: Reward, stock: int | None) -> list[Effect]:
    if stock is not None and stock < reward.taken:
        words = _("%(name)s: more are taken already, so there are %(taken)s.")
        return [Effect(words % {"name": reward.name, "taken": reward.taken})]
    waiting = Entitlement.objects.on(reward).in_line().count()
    moving = waiting if stock is None else min(waiting, stock - reward.taken)
    if not moving:
        return []
    words = ngettext(
        "%(name)s: %(count)s person in line gets one.", "%(name)s: %(count)s people in line get one.", moving
    )
    return [Effect(words % {"name": reward.name, "count": moving}, moving)]


def carry_out(turn: Turn) -> list[Effect]:
    """Follow the design. A part of other actions."""
    section = dict(turn.after.get(NAME, {}))
    changed = actions.follow_design(program=turn.program, section=section, by=turn.by, at=turn.at)
    return [Effect(_("%(name)s is as agreed now.") % {"name": reward.name}) for reward in changed]
