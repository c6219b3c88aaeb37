"""One of each thing of rewards, for the walks through every address."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.models import BodyMember, Role
from alongside.people.tests.factories import person_in
from alongside.programs.tests.scenes import program_of
from alongside.rewards import actions
from alongside.rewards.tests.scenes import BLUEPRINT, follow, gave, only, reward_of
from tests.support.cast import Town


def rewards_things(town: Town) -> dict[str, Any]:
    """Thea has a ticket on paper, somebody else has one in hand; a draw is open, and the catalogue has a class."""
    thea, ben = town.members["themself"], person_in(town.community, "Ben who painted")
    cora = person_in(town.community, "Cora who thanks", roles=[Role.COORDINATOR])
    long_ago = now() - timedelta(days=20)
    program = program_of(cora, BLUEPRINT, at=long_ago, title="A day for a ticket")
    for member in (thea, ben):
        people.join_body(body=program.group, membership=member, part=BodyMember.Part.BELONGS, by=cora.person, at=now())
    gave(program, (thea, 240), (ben, 240), at=now() - timedelta(days=3))
    note = actions.print_note(entitlement=only(thea), by=cora.person, at=now())
    drawn = reward_of(program, "backstage")
    today = town.community.day_of(now())
    draw = actions.announce_draw(
        reward=drawn, prizes=1, from_day=today - timedelta(days=9), until_day=today,
        closes_at=now() + timedelta(days=3), number_at=now() + timedelta(days=4), by=cora.person, at=now(),
        key=new_id(),
    )  # fmt: skip
    actions.enter_draw(draw=draw, membership=ben, by=ben.person, at=now())
    section = {reward.key: reward.terms for reward in (reward_of(program), drawn)}
    follow(program, at=now(), **section, cooking={"price": "2h"})
    return {
        "entitlement_id": only(thea).pk,
        "rewards:hand_over.entitlement_id": only(ben).pk,
        "rewards:take.reward_id": reward_of(program, "cooking").pk,
        "rewards:announce_draw.reward_id": drawn.pk,
        "reward_id": reward_of(program).pk,
        "note_id": note.pk,
        "draw_id": draw.pk,
        "rewards:program.program_id": program.pk,
        "rewards:sums.program_id": program.pk,
    }
