"""What Millbrook has agreed about its own rules: one version decided together, and one more proposed."""

from datetime import datetime, timedelta
from typing import Any

from alongside.charter import actions as charter
from alongside.charter.in_force import values_in_force
from alongside.charter.rules.values import HOUSE_RULES, difference
from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal, Version
from alongside.web.demo import loops, votes
from alongside.web.demo.history import Town

TALK = (
    "We let each other finish.\n\n"
    "We say what we need, and ask before we advise.\n\n"
    "What somebody tells of their health stays in the room."
)


def agree(town: Town, *, at: datetime) -> None:
    """Ten days to confirm, and words of their own for how they talk; a deeper float is talked over."""
    began = at - timedelta(days=70)
    sooner = _proposed(
        town,
        "Walter Finch",
        "Exchanges confirm themselves after ten days",
        "Whoever was helped has ten days to say otherwise.\n\nWe also write down how we want to talk with each other.",
        "Ten days are enough. And we say how we talk.",
        {"auto_confirm_days": 10, HOUSE_RULES: TALK},
        at=began,
    )
    decision = votes.opened_on(town, sooner, at=began + timedelta(days=9), days=14)
    votes.say(town, decision, yes=0.9, part=0.55, at=began + timedelta(days=12))
    decisions.close(decision=decision, by=None, at=decision.closes_at)
    charter.adopt(decision=Decision.objects.get(pk=decision.pk), at=decision.closes_at)
    day = town.community.day_of(at)
    decisions.name_owner(
        decision=decision,
        owner=loops.on_roll(town, decision, "Walter Finch"),
        due_on=day + timedelta(days=5),
        review_on=day + timedelta(days=120),
        by=town.by_name["Stella Marsh"].person,
        at=at - timedelta(days=40),
    )
    _proposed(
        town,
        "Lucía Romero",
        "Twelve hours before anybody has to give",
        "New neighbors often need a lot of help at once, after a fall or with a new baby.\n\n"
        "They may receive up to twelve hours before they give any.",
        "People may receive twelve hours before they give.",
        {"floor_minutes": -720, "soft_floor_minutes": -600},
        at=at - timedelta(days=6),
    )


def _proposed(
    town: Town, name: str, title: str, text: str, summary: str, values: dict[str, Any], *, at: datetime
) -> tuple[Proposal, Version]:
    member, before = town.by_name[name], values_in_force(town.community)
    proposal = charter.propose(
        membership=member,
        title=title,
        words={"text": text, "summary": summary},
        change=difference(before, {**before, **values}),
        by=member.person,
        at=at,
        key=town.key("rules", title),
    )
    seen = Draft.objects.of(town.community).get(proposal=proposal).changed_at
    version = decisions.put_forward(proposal=proposal, membership=member, seen=seen, by=member.person, at=at)
    return proposal, version
