"""Needs and states of a pathway in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.programs.rules.pathway import Need

_WORDS: dict[str, Callable[[Need], str]] = {
    "sessions": lambda need: _("Sessions attended: %(has)s of %(needed)s") % _counts(need),
    "completed": lambda need: _("Times completed: %(has)s of %(needed)s") % _counts(need),
    "beside_mentor": lambda need: _("Sessions beside a mentor: %(has)s of %(needed)s") % _counts(need),
    "led": lambda need: _("Sessions led: %(has)s of %(needed)s") % _counts(need),
    "training": lambda need: _("Training: %(what)s") % {"what": need.what},
    "introduction": lambda need: _("The short session on what co-production is"),
    "checks": lambda need: _("Check in date: %(what)s") % {"what": need.what},
}


def _counts(need: Need) -> dict[str, int]:
    return {"has": min(need.has, need.needed), "needed": need.needed}


def need_words(need: Need) -> str:
    """One thing that a step asks, with how much of it is there: "Sessions attended: 1 of 2"."""
    return _WORDS[need.kind](need)


def period_words(period: str) -> str:
    """A length of time of a design in words of the reader: "3 weeks", "1 year"."""
    count, unit = int(period.split()[0]), period.split()[1].removesuffix("s")
    words = {
        "day": ngettext("%(count)s day", "%(count)s days", count),
        "week": ngettext("%(count)s week", "%(count)s weeks", count),
        "month": ngettext("%(count)s month", "%(count)s months", count),
        "year": ngettext("%(count)s year", "%(count)s years", count),
    }
    return words[unit] % {"count": count}


def keeps_words(keeps: Mapping[str, Any] | None) -> str:
    """What keeps a step current, in one sentence; "" where it stays so by itself."""
    if not keeps:
        return ""
    words = ngettext(
        "It stays current with %(count)s session led within %(within)s.",
        "It stays current with %(count)s sessions led within %(within)s.",
        keeps["led"],
    )
    return words % {"count": keeps["led"], "within": period_words(keeps["within"])}
