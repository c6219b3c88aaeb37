"""A step of a pathway, for the walks through every address."""

from typing import Any

from alongside.kernel.clock import now
from alongside.people.models import Membership
from alongside.programs.models import PathStep, Program


def pathway_things(program: Program, thea: Membership) -> dict[str, Any]:
    """Thea is offered a step by the house. Her program has no pathway in its design yet."""
    made = PathStep.objects.create(
        community=program.community, program=program, membership=thea, step="contributor", version=1, offered_at=now()
    )
    return {"step_id": made.pk}
