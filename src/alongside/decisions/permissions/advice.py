"""Who decides after asking for advice."""

import rules

from alongside.decisions.models import Decider, Decision
from alongside.decisions.permissions.proposals import stands_for_it
from alongside.people.permissions import Standing, keeps_the_books, sees_people


@rules.predicate
def decides(standing: Standing, decision: Decision | None = None) -> bool:
    """One of those who decide now; True when no decision is asked about."""
    if decision is None:
        return True
    mine = Decider.objects.on(decision).seated().filter(membership=standing.membership)
    return bool(mine.exists())


# Its authors can take a proposal upon themselves; coordinators and stewards name anybody. Advice is `decisions.speak`.
rules.add_perm("decisions.open_advice", keeps_the_books | (sees_people & stands_for_it))
rules.add_perm("decisions.decide_after_asking", sees_people & decides)
