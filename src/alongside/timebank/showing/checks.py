"""The self-check in plain words: what is looked at, and what a finding means."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.timebank.models import BookCheck


@dataclass(frozen=True)
class Check:
    """One thing that is looked at, and the findings of the ledger that belong to it."""

    icon: str
    title: str | Promise
    text: str | Promise
    findings: frozenset[str]


CHECKS = (
    Check(
        "scale",
        gettext_lazy("All hours together make zero"),
        gettext_lazy("Every hour somebody received is an hour somebody gave. So all balances add up to nothing."),
        frozenset({"sum_is_not_zero", "transfer_without_two_entries", "entry_without_its_transfer"}),
    ),
    Check(
        "wallet",
        gettext_lazy("Every balance is recounted"),
        gettext_lazy("We add up all movements of each account again, and compare with the balance shown."),
        frozenset({"balance_differs_from_entries", "running_balance_differs", "entry_without_its_account"}),
    ),
    Check(
        "hourglass",
        gettext_lazy("Held hours belong to something"),
        gettext_lazy("Hours set aside are recounted too, and each finds its exchange."),
        frozenset({"held_differs_from_holds", "hold_posted_without_a_transfer", "waiting_before_no_pot"}),
    ),
    Check(
        "link",
        gettext_lazy("Nothing was changed afterwards"),
        gettext_lazy("Each movement is sealed with a code made from the one before. One change would break them all."),
        frozenset({
            "chain_is_broken", "chain_head_differs", "transfer_neither_queued_nor_sealed_or_both",
            "sealed_or_queued_but_not_there",
        }),
    ),
    Check(
        "chart-column",
        gettext_lazy("The totals are right"),
        gettext_lazy("The monthly figures are counted again from every single movement."),
        frozenset({"month_total_differs", "account_month_differs", "category_is_not_there"}),
    ),
    Check(
        "shield-check",
        gettext_lazy("The guards are awake"),
        gettext_lazy("The database itself refuses to change or delete a movement. We look that it still does."),
        frozenset({"guard_is_missing"}),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One finding: which check it belongs to, and its facts for whoever looks after the system."""

    title: str | Promise
    name: str
    facts: str


def findings_in_words(check: BookCheck) -> list[Found]:
    """What a check found, for the people who keep the books."""
    titles = {name: each.title for each in CHECKS for name in each.findings}
    return [
        Found(
            titles.get(finding["name"], _("Something else")),
            finding["name"],
            ", ".join(f"{key}: {value}" for key, value in finding["facts"].items()),
        )
        for finding in check.findings
    ]
