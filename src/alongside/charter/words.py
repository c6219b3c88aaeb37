"""The values of the rules in the reader's language: what each is called, and what it says."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.charter.rules.values import KEYS, LISTS, Change, Values, list_changes
from alongside.decisions.subjects import Line
from alongside.timebank.models.bank import Division
from alongside.ui.words import hours_text

NAMES: dict[str, str | Promise] = {
    "floor_minutes": gettext_lazy("How far below zero anybody may go"),
    "soft_floor_minutes": gettext_lazy("We gently tell people once they are below zero by"),
    "ceiling_minutes": gettext_lazy("How high anybody may go"),
    "soft_ceiling_minutes": gettext_lazy("We gently tell people once they have saved up"),
    "auto_confirm_days": gettext_lazy("When an exchange confirms itself"),
    "hold_days": gettext_lazy("How long hours are held for an arranged exchange"),
    "inactive_days": gettext_lazy("After how much quiet we ask how somebody is"),
    "recognised_work_credits": gettext_lazy("Recognised work earns hours from the community pot"),
    "categories": gettext_lazy("Kinds of help"),
    "recognised_work": gettext_lazy("Recognised work"),
    "house_rules": gettext_lazy("How we talk"),
}


def said(key: str, value: Any) -> str:
    """One value in words; `key` is none of the two lists."""
    match key:
        case "floor_minutes" | "soft_floor_minutes" | "ceiling_minutes" | "soft_ceiling_minutes":
            return _limit(key, value)
        case "recognised_work_credits":
            return _("yes") if value else _("no")
        case "house_rules":
            return value or _("The words every community begins with.")
        case _days:
            return ngettext("after %(days)s day", "after %(days)s days", value) % {"days": value}


def _limit(key: str, value: int | None) -> str:
    if value is None:
        return _("never") if key.startswith("soft") else _("no limit")
    return hours_text(abs(value))


def lines(change: Change) -> list[Line]:
    """Every value that `change` would set, before and after."""
    found: list[Line] = []
    for key in KEYS:
        if key not in change:
            continue
        before, after = change[key]["from"], change[key]["to"]
        if key in LISTS:
            found.extend(_list_lines(key, before, after))
        else:
            found.append(Line(str(NAMES[key]), said(key, before), said(key, after)))
    return found


def _list_lines(key: str, before: Iterable[list[Any]], after: Iterable[list[Any]]) -> list[Line]:
    name, found = str(NAMES[key]), []
    for each in list_changes(before, after):
        match each.kind:
            case "added":
                found.append(Line(name, _("not in the list"), each.after))
            case "left":
                found.append(Line(name, each.before, _("not in the list")))
            case "regrouped":
                old, new = Division(int(each.before)).label, Division(int(each.after)).label
                found.append(Line(name, str(old), str(new)))
            case _renamed_or_order:
                found.append(Line(name, each.before, each.after))
    return found


def title_of(change: Change) -> str:
    """What a proposal about these values is called until somebody writes another title: the value, or which ones."""
    told = lines(change)
    if len(told) == 1 and "\n" not in told[0].after:
        return f"{told[0].label}: {told[0].after}"[:120]
    named = [str(NAMES[key]) for key in KEYS if key in change]
    return (_("Our rules: %(what)s") % {"what": ", ".join(named)})[:120]


def text_of(change: Change) -> str:
    """What is proposed, as a sentence a value: where the authors begin to write."""
    said_so = _("%(label)s: %(after)s. Until now: %(before)s.")
    return "\n\n".join(said_so % line.__dict__ for line in lines(change))


def fault_words(keys: Iterable[str]) -> str:
    """Why values cannot be, by the first that does not fit."""
    key = next(iter(keys))
    return _("This cannot be set: %(what)s. Look at the values again.") % {"what": NAMES[key]}


def stale_words(keys: Iterable[str]) -> str:
    key = next(iter(keys))
    return _("This has become something else since: %(what)s. Set it again.") % {"what": NAMES[key]}


def names_of(values: Values, key: str) -> list[str]:
    """The names in one of the two lists."""
    return [row[1] for row in values[key]]
