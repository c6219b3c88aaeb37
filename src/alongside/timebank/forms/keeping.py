"""The time bank's own settings: limits, habits, kinds of help, kinds of recognised work."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import CleanTextField, folded
from alongside.people.models import Community
from alongside.timebank.models import Account, Category, RecognisedKind, TimeBank
from alongside.timebank.models.bank import Division
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
    def showing(limits: TimeBank | Account) -> dict[str, int | None]:
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


def _days(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    checks = [
        MinValueValidator(1, message=_("Write 1 day or more.")),
        MaxValueValidator(most, message=_("Write %(limit_value)s days or fewer.")),
    ]
    return forms.IntegerField(
        label=label, help_text=help_text, validators=checks, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class TimeBankForm(LimitsForm):
    """Limits for accounts opened from now on, and habits for everybody."""

    HABITS = ("auto_confirm_days", "hold_days", "inactive_days", "recognised_work_credits")

    auto_confirm_days = _days(
        _("After how many days does an exchange count as confirmed?"),
        90,
        _("The other person gets reminders before. People without a screen are always asked by phone."),
    )
    hold_days = _days(_("For how many days are hours held for an arranged exchange?"), 365)
    inactive_days = _days(
        _("After how many quiet days shall we ask how somebody is?"), 730, _("A gentle word to the coordinators.")
    )
    recognised_work_credits = forms.BooleanField(
        label=_("Recognised work earns hours from the community pot"), required=False
    )

    def settings(self) -> dict[str, Any]:
        return {**self.limits(), **{name: self.cleaned_data[name] for name in self.HABITS}}


class _NamedForm(forms.Form):
    """A name that no other in the list has, and the statistical division beneath it."""

    model: type[Category] | type[RecognisedKind]

    name = CleanTextField(label=_("Name"), max_length=60)
    division = forms.TypedChoiceField(
        label=_("Statistical division"),
        choices=Division.choices,
        coerce=int,
        initial=Division.VOLUNTEERING,
        help_text=_("For reports that compare with other places (ICATUS 2016)."),
    )

    def __init__(self, *args: Any, community: Community, but: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.but = community, but

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.model.objects.of(self.community).exclude(pk=self.but.pk if self.but else None)
        taken = {folded(each): each for each in others.values_list("name", flat=True)}
        if folded(name) in taken:
            raise forms.ValidationError(
                _("“%(name)s” is in the list already."), code="taken", params={"name": taken[folded(name)]}
            )
        return name


class CategoryForm(_NamedForm):
    model = Category


class RecognisedKindForm(_NamedForm):
    model = RecognisedKind
    name = CleanTextField(label=_("Name"), max_length=80)
