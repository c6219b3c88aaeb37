"""Limits of accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.timebank.models import Account
from alongside.ui.fields import HoursField

# A thousand hours: wider than any limit a community of people needs.
WIDEST = 60_000


class LimitsForm(forms.Form):
    """The four limits of an account. Those below zero are written without a sign."""

    below = HoursField(
        label=_("How far below zero may it go?"),
        min_minutes=0,
        max_minutes=WIDEST,
        help_text=_("For example 10:00. It lets people receive before they give. 0 for not at all."),
    )
    say_below = HoursField(
        label=_("Say so from how far below zero?"),
        min_minutes=0,
        max_minutes=WIDEST,
        required=False,
        help_text=_("A kind word to both people. Nothing is refused. Empty for never."),
    )
    above = HoursField(
        label=_("How high may it go?"),
        max_minutes=WIDEST,
        required=False,
        help_text=_("Empty for no limit."),
    )
    say_above = HoursField(
        label=_("Say so from how high?"),
        max_minutes=WIDEST,
        required=False,
        help_text=_("A kind word that it is a good time to ask for help. Empty for never."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("say_below") is not None and data.get("below") is not None and data["say_below"] > data["below"]:
            self.add_error("say_below", _("This must come before the limit itself."))
        if data.get("say_above") and data.get("above") and data["say_above"] > data["above"]:
            self.add_error("say_above", _("This must come before the limit itself."))
        return data

    def limits(self) -> dict[str, int | None]:
        """The limits as the books keep them, in minutes with a sign."""
        data = self.cleaned_data
        return {
            "floor_minutes": -data["below"] if data["below"] is not None else None,
            "soft_floor_minutes": -data["say_below"] if data["say_below"] is not None else None,
            "ceiling_minutes": data["above"],
            "soft_ceiling_minutes": data["say_above"],
        }

    @staticmethod
    def showing(limits: Account) -> dict[str, int | None]:
        """What the form begins with."""
        return {
            "below": None if limits.floor_minutes is None else -limits.floor_minutes,
            "say_below": None if limits.soft_floor_minutes is None else -limits.soft_floor_minutes,
            "above": limits.ceiling_minutes,
            "say_above": limits.soft_ceiling_minutes,
        }


class AccountLimitsForm(LimitsForm):
    """The limits of one account, which may also have no lowest balance at all."""

    below = HoursField(
        label=_("How far below zero may it go?"),
        min_minutes=0,
        max_minutes=WIDEST,
        required=False,
        help_text=_("For example 10:00. 0 for not at all. Empty for no limit."),
    )
