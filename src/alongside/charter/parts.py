"""The parts of the rules as pages show and ask for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.charter.forms import HabitsPart, HouseRulesPart, LimitsPart, PartForm
from alongside.charter.rules.values import CATEGORIES, HABITS, HOUSE_RULES, LIMITS, RECOGNISED_WORK

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """Some values that are read and changed together. `form` None: a list, changed by one of `deeds` at a time."""

    slug: str
    name: Words
    lead: Words
    icon: str
    keys: tuple[str, ...]
    form: type[PartForm] | None = None
    deeds: Mapping[str, Words] | None = None


_DEEDS = {
    "add": _("Add something"),
    "rename": _("Call something else"),
    "leave": _("Take something out"),
    "again": _("Take something in again"),
}
PARTS: dict[str, Part] = {
    part.slug: part
    for part in (
        Part(
            "limits",
            _("How many hours"),
            _("People may receive before they give. This says how far, and how much they may save up."),
            "scale",
            LIMITS,
            LimitsPart,
        ),
        Part(
            "habits",
            _("What happens by itself"),
            _("Days after which something happens without anybody doing it."),
            "calendar-check",
            HABITS,
            HabitsPart,
        ),
        Part(
            "help",
            _("Kinds of help"),
            _("People choose from this list, in this order. Call things what you call them."),
            "tag",
            (CATEGORIES,),
            deeds={**_DEEDS, "move": _("Change the order")},
        ),
        Part(
            "work",
            _("Recognised work"),
            _("Unpaid work that people can note: it is counted and shown."),
            "heart-handshake",
            (RECOGNISED_WORK,),
            deeds=_DEEDS,
        ),
        Part(
            "talk",
            _("How we talk"),
            _("Who takes words from view, and how to appeal, is the same everywhere. How we talk is ours to say."),
            "message-square",
            (HOUSE_RULES,),
            HouseRulesPart,
        ),
    )
}
