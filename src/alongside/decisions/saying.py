"""The steps of a count by sides, in the reader's language. The side they are about stands above them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Side

SENTENCES: dict[str, str | Promise] = {
    "side.counted": _("%(yes)s yes, %(no)s no, %(abstain)s abstained. %(roll)s people could vote."),
    "side.yes": _("It agrees: %(yes)s yes against %(no)s no."),
    "side.no": _("It does not agree: %(yes)s yes against %(no)s no."),
    "side.tie": _("It is a tie, %(yes)s against %(no)s. A tie leaves things as they are."),
    "side.silent": _("Nobody said yes or no, so things stay as they are."),
    "side.enough": _("It agrees: %(yes)s of %(said)s said yes. Needed was %(threshold)s or more."),
    "side.too_few": _("It does not agree: %(yes)s of %(said)s said yes. Needed was %(threshold)s."),
    "quorum.approval.met": _("Enough people said yes: %(reached)s. Needed were %(needed)s."),
    "quorum.approval.missed": _("Too few people said yes: %(reached)s. Needed were %(needed)s."),
    "quorum.approval.refused": _("Enough people said no to settle it: %(reached)s. Needed were %(needed)s."),
    "quorum.turnout.met": _("Enough people voted: %(reached)s. Needed were %(needed)s."),
    "quorum.turnout.missed": _("Too few people voted: %(reached)s. Needed were %(needed)s."),
    "outcome.passed": _("Every side agrees, so it is adopted."),
    "outcome.not_passed": _("No side agrees, so things stay as they are."),
    "outcome.not_quorate": _("Too few took part among: %(others)s. Things stay as they are."),
    "outcome.split": _("Nobody is outvoted, and nothing is adopted. To a conciliation each side sends: %(size)s."),
}
WORDS = {"agrees": _("agrees"), "disagrees": _("does not agree"), "not_quorate": _("took part too little")}
STATES = {"agrees": "agreed", "disagrees": "objects", "not_quorate": "open"}


def sentences(steps: Iterable[Mapping[str, Any]], side: str = "") -> list[str]:
    """What happened in a count, about one side or ("") about everybody."""
    return [str(SENTENCES[one["code"]]) % _facts(one) for one in steps if one.get("side", "") == side]


def name_of(side: str) -> str:
    """What a side is called, for the beginning of a line."""
    name = str(Side(side).label)
    return name[:1].upper() + name[1:]


def _facts(step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: ", ".join(str(Side(one).label) for one in fact) if isinstance(fact, list) else fact
        for name, fact in step.items()
    }
