"""Duties that checks can be asked for. Rooms above name theirs in `apps.ready`.

duties.register("allotment", label=_("Keep the allotment"))
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What many communities ask checks for; a room above uses these words or adds its own.
_labels: dict[str, str | Promise] = {
    "home-visits": _("Visit somebody at home"),
    "with-children": _("Be with children"),
    "driving": _("Drive people"),
    "cooking": _("Cook for others"),
}


def register(duty: str, *, label: str | Promise) -> None:
    """Name a duty, a short word of small letters, figures and hyphens; the last word for it counts."""
    _labels[duty] = label


def every() -> dict[str, str | Promise]:
    """All duties and what they are called, in the order they were named."""
    return dict(_labels)


def label_of(duty: str) -> str:
    """What a duty is called; the bare word when its room is gone."""
    return str(_labels.get(duty, duty))
