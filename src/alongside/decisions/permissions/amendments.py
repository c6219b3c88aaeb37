"""Who may do what with changes offered for a proposal. Authors answer them: see `write_proposal`."""

import rules

from alongside.decisions.models import Amendment
from alongside.people.permissions import Standing, is_coordinator, sees_people


@rules.predicate
def offered_it(standing: Standing, amendment: Amendment | None = None) -> bool:
    return amendment is None or amendment.membership_id == standing.membership.pk


rules.add_perm("decisions.own_amendment", sees_people & (offered_it | is_coordinator))
