"""Who may do what in the time bank."""

import rules

from alongside.kernel.clock import today
from alongside.people.models import Role
from alongside.people.permissions import Standing, belongs, is_coordinator, keeps_the_books, sees_people
from alongside.timebank import own_case
from alongside.timebank.models import Account, Transfer


@rules.predicate
def acts_for_the_account(standing: Standing, account: Account | None = None) -> bool:
    """One's own account, one's household's as an adult, and that of a body one speaks for."""
    if account is None:
        return True
    return own_case.acts_here_for(standing, account)


@rules.predicate
def belongs_to_the_holder(standing: Standing, account: Account | None = None) -> bool:
    """Any member of the body an account belongs to; a pot of the community is everybody's."""
    if account is None or account.kind == Account.Kind.COMMUNITY_POT:
        return True
    return any(own_case.holds(place, account) for place in standing.places)


# Commissioners see figures, never persons; a commissioner's own account is theirs like anybody's.
sees_the_account = acts_for_the_account | (sees_people & (belongs_to_the_holder | keeps_the_books))


@rules.predicate
def sees_a_side(standing: Standing, transfer: Transfer | None = None) -> bool:
    """Whoever sees the account on either side sees the transfer."""
    if transfer is None:
        return True
    return any(sees_the_account(standing, side) for side in (transfer.payer, transfer.payee))


@rules.predicate
def acts_for_the_helped(standing: Standing, transfer: Transfer | None = None) -> bool:
    return transfer is None or acts_for_the_account(standing, transfer.payer)


@rules.predicate
def stands_in_to_grant(standing: Standing, pot: Account | None = None) -> bool:
    """A steward, while only one coordinates: whom the hours may go to is asked when they are granted."""
    if not standing.has(Role.STEWARD) or (pot is not None and pot.kind != Account.Kind.COMMUNITY_POT):
        return False
    return pot is None or own_case.only_coordinator(standing.community, on=today()) not in (None, standing.person)


@rules.predicate
def stands_in_to_reverse(standing: Standing, transfer: Transfer | None = None) -> bool:
    """A steward, where the hours would go back to the only coordinator."""
    if transfer is None:
        return standing.has(Role.STEWARD)
    return own_case.stands_in(standing, transfer.payer, on=today())


may_override = is_coordinator

rules.add_perm("timebank.pay_from", acts_for_the_account | is_coordinator | stands_in_to_grant)
rules.add_perm("timebank.see_mine", belongs)
rules.add_perm("timebank.see_account", sees_the_account)
rules.add_perm("timebank.see_transfer", sees_a_side)
rules.add_perm("timebank.thank", acts_for_the_helped)
rules.add_perm("timebank.give", sees_people)
rules.add_perm("timebank.post_together", is_coordinator)
rules.add_perm("timebank.override_limits", may_override)
rules.add_perm("timebank.reverse", is_coordinator | stands_in_to_reverse)
rules.add_perm("timebank.change_limits", is_coordinator)
rules.add_perm("timebank.see_books", belongs)
rules.add_perm("timebank.see_small_numbers", keeps_the_books)
rules.add_perm("timebank.see_findings", keeps_the_books)
rules.add_perm("timebank.see_signals", is_coordinator)
rules.add_perm("timebank.note_recognised_work", belongs)
