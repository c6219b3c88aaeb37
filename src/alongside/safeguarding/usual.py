"""Kinds of checks that many communities keep. Offered to a community that has none, never put in by themselves."""

from django.utils.translation import gettext_lazy as _

USUAL: tuple[dict[str, object], ...] = (
    {"name": _("Reference"), "kind": "reference", "months": None, "needed": 2},
    {"name": _("Background check"), "kind": "background", "months": 36, "needed": 1},
    {"name": _("Induction"), "kind": "induction", "months": None, "needed": 1},
    {"name": _("Food hygiene"), "kind": "training", "months": 36, "needed": 1},
    {"name": _("Driving licence and insurance"), "kind": "licence", "months": 12, "needed": 1},
)
