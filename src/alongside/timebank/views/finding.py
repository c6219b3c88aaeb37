"""What several pages look up: accounts and transfers one may see, and the way round the room."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.access import MemberRequest, actor, may, note_refusal, require, subject
from alongside.people.models import Person
from alongside.timebank.models import Account, Transfer

SEE, GIVE, NOTE = "timebank.see", "timebank.give", "timebank.note"


def holder(request: MemberRequest, ability: str = SEE) -> Person:
    """Whose hours these are: one's own, or of whom one acts for with their leave."""
    acting = request.acting_for
    if acting is not None and ability not in acting.abilities:
        note_refusal(request, ability)
        raise PermissionDenied
    person: Person = subject(request).person
    return person


def mine(request: MemberRequest, ability: str = SEE) -> Any:
    """The open accounts to look after: one's own, household's and bodies'; for somebody else only theirs."""
    accounts = Account.objects.of(request.community).open().with_holders().with_balance()
    found = accounts.of_person(holder(request, ability)) if request.acting_for else accounts.acted_for_by(request.user)
    return found.order_by("kind", "opened_at")


def pots_open(request: MemberRequest) -> Any:
    return Account.objects.of(request.community).pots().open().with_holders().order_by("kind", "opened_at")


def find_account(request: MemberRequest, account_id: UUID, permission: str = "timebank.see_account") -> Account:
    """An account of this community that this person has `permission` for; 404 elsewhere, 403 without."""
    accounts = Account.objects.of(request.community).with_holders().with_balance()
    account: Account = get_object_or_404(accounts, pk=account_id)
    account.community = request.community
    if permission != "timebank.see_account" or not _seen_for(request, account):
        require(request, permission, account)
    return account


def find_transfer(request: MemberRequest, transfer_id: UUID, permission: str = "timebank.see_transfer") -> Transfer:
    """A transfer of this community that this person has `permission` for; 404 elsewhere, 403 without."""
    transfers = Transfer.objects.of(request.community).with_people()
    transfer: Transfer = get_object_or_404(transfers.select_related("on_behalf_of", "overridden_by"), pk=transfer_id)
    for side in (transfer.payer, transfer.payee):
        side.community = request.community
    if permission != "timebank.see_transfer" or not any(
        _seen_for(request, side) for side in (transfer.payer, transfer.payee)
    ):
        require(request, permission, transfer)
    return transfer


def _seen_for(request: MemberRequest, account: Account) -> bool:
    """Acting for the person whose account it is, with their leave to see it."""
    acting = request.acting_for
    return acting is not None and SEE in acting.abilities and account.person_id == acting.membership.person_id


def thanks_for(request: MemberRequest, transfer: Transfer) -> bool:
    """Whether this person may say thank you: who was helped, or somebody with their leave."""
    acting = request.acting_for
    if acting is not None:
        return NOTE in acting.abilities and transfer.payer.person_id == acting.membership.person_id
    return may(request, "timebank.thank", transfer)


def acting(request: MemberRequest, ability: str) -> dict[str, Any]:
    """`by`, `on_behalf_of` and `channel` of a write."""
    return actor(request, ability)._asdict()


def room_tabs(request: MemberRequest, current: str) -> list[dict[str, Any]]:
    """The pages of this room that this person may open."""
    pages = (
        ("timebank:home", _("My hours"), "timebank.see_mine"),
        ("timebank:pots", _("Pots"), "timebank.see_books"),
        ("timebank:recognised", _("Recognised work"), "timebank.note_recognised_work"),
        ("timebank:books", _("The books"), "timebank.see_books"),
        ("timebank:check", _("Do they add up?"), "timebank.see_books"),
        ("timebank:together", _("Group exchange"), "timebank.post_together"),
        ("timebank:signals", _("Signals"), "timebank.see_signals"),
        ("charter:home", _("Our rules"), "charter.see"),
    )
    return [
        {"label": label, "url": reverse(name, args=[request.community.slug]), "current": name == current}
        for name, label, permission in pages
        if may(request, permission) and (name != "timebank:home" or name == current or may(request, GIVE))
    ]
