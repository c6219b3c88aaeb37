"""One of each thing of plans and visits, for the walks through every address."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now, today
from alongside.kernel.ids import new_id
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.wellbeing import actions
from alongside.wellbeing.models import Visit
from alongside.wellbeing.tests.scenes import checked, program_with_visits
from tests.support.cast import Town


def wellbeing_things(town: Town) -> dict[str, Any]:
    """Thea's plan, a plan that somebody shows her, and visits to her, one of which took place."""
    thea, vera = town.members["themself"], person_in(town.community, "Vera", roles=[Role.PROFESSIONAL])
    cora = person_in(town.community, "Cora who plans visits", roles=[Role.COORDINATOR])
    said: dict[str, Any] = {"by": thea.person, "at": now()}
    goal = actions.add_goal(membership=thea, words="Walk to the river", key=new_id(), **said)
    mine = actions.show_plan(membership=thea, reader=vera, **said)
    theirs = actions.show_plan(membership=vera, reader=thea, by=vera.person, at=now())
    program = program_with_visits(cora)
    checked(program, vera, on=today())
    series = actions.start_visits(
        program=program, membership=thea, visitor=vera, enrolled_on=today() - timedelta(weeks=2),
        day_expected_on=today() + timedelta(weeks=20), agreed_how="phone", by=cora.person, at=now(), key=new_id(),
    )  # fmt: skip
    first = Visit.objects.on(series).in_order()[0]
    first.series, first.community = series, town.community
    actions.settle_visit(visit=first, state="took_place", held_on=first.due_on, minutes=60, by=vera.person, at=now())
    wish = actions.wish(series=series, words="How I sleep", is_shown=False, key=new_id(), **said)
    return {
        "goal_id": goal.pk,
        "my_share_id": mine.pk,
        "wellbeing:shown_plan.share_id": theirs.pk,
        "series_id": series.pk,
        "visit_id": first.pk,
        "wish_id": wish.pk,
        "wellbeing:step_part.part": "what",
    }
