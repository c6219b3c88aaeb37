"""Who may do what in the time bank."""

import rules

from alongside.people.models import BodyMember
from alongside.people.permissions import Standing, belongs, is_coordinator, keeps_the_books, sees_people
from alongside.timebank.models import Account, Transfer


@rules.predicate
def acts_for_the_account(standing: Standing, account: Account | None = None) -> bool:
    """One's own account, one's household's as an adult, and that of a body one speaks for."""
    if account is None:
        return True
    if account.person_id is not None:
        return account.person_id == standing.person.id
    return Account.objects.of(standing.community).acted_for_by(standing.person).filter(pk=account.pk).exists()


@rules.predicate
def belongs_to_the_holder(standing: Standing, account: Account | None = None) -> bool:
    """Any member of the body an account belongs to; a pot of the community is everybody's."""
    if account is None or account.kind == Account.Kind.COMMUNITY_POT:
        return True
    holder = account.household_id or account.organisation_id or account.group_id
    if holder is None:
        return False
    places = BodyMember.objects.of(standing.community).filter(membership=standing.membership)
    return places.filter(
        household=account.household_id, organisation=account.organisation_id, group=account.group_id
    ).exists()


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


may_override = is_coordinator

rules.add_perm("timebank.pay_from", acts_for_the_account | is_coordinator)
rules.add_perm("timebank.see_mine", belongs)
rules.add_perm("timebank.see_account", sees_the_account)
rules.add_perm("timebank.see_transfer", sees_a_side)
rules.add_perm("timebank.thank", acts_for_the_helped)
rules.add_perm("timebank.give", sees_people)
rules.add_perm("timebank.post_together", is_coordinator)
rules.add_perm("timebank.override_limits", may_override)
rules.add_perm("timebank.reverse", is_coordinator)
rules.add_perm("timebank.change_limits", is_coordinator)
rules.add_perm("timebank.change_settings", keeps_the_books)
rules.add_perm("timebank.edit_categories", is_coordinator)
rules.add_perm("timebank.see_books", belongs)
rules.add_perm("timebank.see_small_numbers", keeps_the_books)
rules.add_perm("timebank.see_findings", keeps_the_books)
rules.add_perm("timebank.see_signals", is_coordinator)
rules.add_perm("timebank.edit_recognised_kinds", belongs)
rules.add_perm("timebank.note_recognised_work", belongs)
