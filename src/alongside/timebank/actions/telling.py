"""Letters the ledger sends: a limit is near, or a coordinator went past one."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.timebank.ledger.order import WITHOUT_LIMITS
from alongside.timebank.models import Account, Transfer
from alongside.ui.words import hours_text

Letter = tuple[str, Callable[[], str], Callable[[], str]]

LIMITS = kinds.register("timebank.limits", label=gettext_lazy("When a balance comes near its limit"))
OVERRIDE = kinds.register("timebank.override", label=gettext_lazy("When a coordinator goes past a limit"))


def tell_of_limits(transfer: Transfer, *, override_reason: str = "") -> None:
    """Tell both people of a soft limit passed, or of a hard one that a coordinator set aside, and why.

    Nobody is told of history: it is brought along as it was.
    """
    if transfer.kind in WITHOUT_LIMITS:
        return
    accounts = {"payer": transfer.payer, "payee": transfer.payee}
    for account in accounts.values():
        for person in account.speakers():
            for kind, title, body in _letters(transfer, accounts, person, override_reason):
                notices.tell(
                    person=person, community=account.community, kind=kind, title=title, body=body,
                    at=transfer.posted_at, by_id=transfer.by_id, key=f"{kind}:{transfer.id}",
                )  # fmt: skip


def _letters(transfer: Transfer, accounts: dict[str, Account], reader: Person, reason: str) -> list[Letter]:
    """Kind, title and body of each letter; the words are made later, in each reader's language."""
    past = (OVERRIDE.name, lambda: _("A coordinator went past a limit"), lambda: _override(transfer, reason))
    near = (LIMITS.name, lambda: _("A balance is near its limit"), lambda: _near(transfer, accounts, reader))
    return [letter for letter, is_due in ((past, reason), (near, transfer.warnings)) if is_due]


def _override(transfer: Transfer, reason: str) -> str:
    return _("%(hours)s went from %(payer)s to %(payee)s, past a limit. The reason: %(reason)s") % {
        "hours": hours_text(transfer.minutes), "payer": transfer.payer, "payee": transfer.payee, "reason": reason,
    }  # fmt: skip


def _near(transfer: Transfer, accounts: dict[str, Account], reader: Person) -> str:
    """One sentence for each side that is near its limit; to the reader about their own account, "you"."""
    sentences = {
        "payer": (
            _("You have received a lot. Some help given in return would be welcome."),
            _("%(name)s has received a lot. Some help given in return would be welcome."),
        ),
        "payee": (
            _("You have many hours saved. It is a good time to ask for some help."),
            _("%(name)s has many hours saved. It is a good time to ask for some help."),
        ),
    }
    said = []
    for side in transfer.warnings:
        to_you, of_another = sentences[side]
        said.append(to_you if accounts[side].person_id == reader.pk else of_another % {"name": accounts[side]})
    return " ".join(said)
