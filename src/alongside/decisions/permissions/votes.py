"""Who may vote, see to a vote, and fetch what is sealed."""

import rules

from alongside.decisions.models import Decision, Scrutineer
from alongside.people.permissions import Standing, belongs, keeps_the_books


@rules.predicate
def is_scrutineer(standing: Standing, decision: Decision | None = None) -> bool:
    """One of those whom the sides named to look over the count; True when no decision is asked about."""
    if decision is None:
        return True
    named = Scrutineer.objects.of(standing.community).filter(decision=decision, membership=standing.membership)
    return bool(named.exists())


@rules.predicate
def sees_to_it(standing: Standing, decision: Decision | None = None) -> bool:
    """Whoever sees to what was decided; True when no decision is asked about."""
    return decision is None or decision.owner_id == standing.membership.pk


# Who is on which roll is looked up when somebody votes: funders have a say too, where they are a side.
rules.add_perm("decisions.see_votes", belongs)
rules.add_perm("decisions.vote", belongs)
rules.add_perm("decisions.run_votes", keeps_the_books)
rules.add_perm("decisions.note_progress", belongs & sees_to_it)
rules.add_perm("decisions.open_seal", is_scrutineer)
rules.add_perm("decisions.key_paper", is_scrutineer)
rules.add_perm("decisions.facilitate", is_scrutineer)
