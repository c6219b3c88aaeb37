"""Time given in delivery, lines of the budget, and who brings what."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.programs.forms.looking import SideMixin
from alongside.programs.models import Input
from alongside.programs.models.program import Aim, Stage
from alongside.programs.rules.given import KINDS
from alongside.ui.fields import DayInput, HoursField

MOST_MINUTES, MOST_BUDGET_MINUTES = 24 * 60, 100_000 * 60
MINOR_UNITS = 100


class InputForm(SideMixin, ForSomebodyMixin):
    """How long, on which day, and how it stands to professional work."""

    minutes = HoursField(label=_("How long?"), max_minutes=MOST_MINUTES)
    day = forms.DateField(label=_("On which day?"), widget=DayInput)
    what = CleanTextField(max_length=200, required=False, label=_("What was done?"), help_text=_("Name nobody else."))
    kind = forms.ChoiceField(label=_("How does it stand to professional work?"), widget=forms.RadioSelect)
    is_paid = forms.BooleanField(
        required=False,
        label=_("It was paid work"),
        help_text=_("Paid hours are written down as paid. They earn no hours in the time bank."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sides: Sequence[str], first: dict[str, Any] | None = None, people: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **(first or {})}})
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(key, _now(text)) for key, text in KINDS.items()]
        self.ask_side(sides)
        self.ask_whose(people)
        self.order_fields(["minutes", "day", "kind", "is_paid", "what", "side"])


class CorrectForm(forms.Form):
    """The entry as it should have been, or that it should not be there."""

    minutes = HoursField(label=_("How long?"), max_minutes=MOST_MINUTES, required=False)
    kind = forms.ChoiceField(label=_("How does it stand to professional work?"), widget=forms.RadioSelect)
    is_paid = forms.BooleanField(required=False, label=_("It was paid work"))
    not_at_all = forms.BooleanField(required=False, label=_("This entry should not be there at all"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Input, **kwargs: Any) -> None:
        first = {"key": new_id(), "minutes": entry.minutes or None, "kind": entry.kind, "is_paid": entry.is_paid}
        super().__init__(*args, **{**kwargs, "initial": first})
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(key, _now(text)) for key, text in KINDS.items()]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("not_at_all") and "minutes" in told and not told["minutes"]:
            self.add_error("minutes", _("Say how long, or that it should not be there."))
        return told

    @property
    def minutes_now(self) -> int:
        return 0 if self.cleaned_data["not_at_all"] else int(self.cleaned_data["minutes"])


class BudgetLineForm(forms.Form):
    """Money, time or both; each line says what for."""

    what_for = CleanTextField(max_length=200, label=_("What is it for?"))
    aim = forms.ChoiceField(label=_("What is it part of?"), choices=Aim.choices, widget=forms.RadioSelect)
    money = forms.DecimalField(
        required=False, min_value=Decimal(0), max_value=Decimal(10**9), max_digits=12, decimal_places=2,
        localize=True, label=_("Money"),
    )  # fmt: skip
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", required=False, label=_("Currency"), help_text=_("Three letters, like GBP or EUR.")
    )
    minutes = HoursField(required=False, max_minutes=MOST_BUDGET_MINUTES, label=_("Time"))
    stage = forms.ChoiceField(label=_("In which stage was it agreed?"), choices=Stage.choices)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, first: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **(first or {})}})

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not {"money", "minutes", "currency"} <= told.keys():
            return told
        if not told.get("money") and not told.get("minutes"):
            self.add_error("money", _("Write money, time, or both."))
        if told.get("money") and not told.get("currency"):
            self.add_error("currency", _("Say which money it is."))
        return told

    def line(self) -> dict[str, Any]:
        """The line as the action takes it: money in its smallest unit."""
        told = {**self.cleaned_data}
        money = told.pop("money") or Decimal(0)
        return {
            **told,
            "amount_minor": int(money * MINOR_UNITS),
            "currency": told["currency"].upper(),
            "minutes": told["minutes"] or 0,
        }


class CommitmentForm(SideMixin):
    """Who brings what, in words."""

    words = CleanTextField(
        max_length=3000,
        lines=True,
        label=_("Who brings what?"),
        help_text=_("Say which side brings it. Name nobody: whoever pays reads it too."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sides: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        self.ask_side(sides)
        self.order_fields(["words", "side"])
