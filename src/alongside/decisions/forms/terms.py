"""The terms on which a vote opens, for every kind: they never change once it is open."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.decisions.actions import Asked, OptionTold
from alongside.decisions.actions.rolls import Rolls
from alongside.decisions.forms.follow_up import DUE_AFTER, REVIEW_AFTER, SeenToForm
from alongside.decisions.rules.kinds import Kind
from alongside.decisions.saying import name_of
from alongside.decisions.subjects import LaidDown
from alongside.kernel.hours import NotAnAmountOfTime, parse_minutes
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Membership
from alongside.ui.fields import DayField

USUAL_DAYS, MOST_DAYS = 14, 90
# How many things can be typed in; people are ticked.
MOST_TYPED = 12
MOST_AMOUNT = 10**9


def keep_to_share(form: forms.Form, laid_down: LaidDown) -> None:
    """Offer the share of each side that is laid down, and no other."""
    field = form.fields["share"]
    assert isinstance(field, forms.ChoiceField)
    written = str(laid_down.share)
    names = {value: name for value, name in field.choices if isinstance(value, str)}  # type: ignore[misc,union-attr]
    field.choices = [(written, names.get(written, written))]
    form.initial["share"] = written


class OpenVoteForm(SeenToForm):
    """When a vote closes, whether it is secret, how many must take part, and who looks over the count."""

    closes_on = DayField(label=_("The last day to vote"), help_text=_("Votes count until 8 in the evening."))
    secrecy = forms.ChoiceField(
        label=_("Secret or open?"),
        choices=[
            ("secret", _("Secret: nobody sees who said what")),
            ("open", _("Open: after the close everybody sees who said what")),
        ],
        initial="secret",
        widget=forms.RadioSelect,
    )
    share = forms.ChoiceField(
        label=_("How many of each side must say yes?"),
        choices=[("1/4", _("one in four")), ("1/3", _("one in three")), ("1/2", _("one in two"))],
        initial="1/4",
    )
    threshold = forms.ChoiceField(
        label=_("And of those who say yes or no?"),
        choices=[("1/2", _("more than half")), ("2/3", _("two thirds or more"))],
        initial="1/2",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: Kind, rolls: Rolls, today: date, laid_down: LaidDown | None = None, **kwargs: Any
    ) -> None:
        usual = today + timedelta(days=laid_down.days if laid_down else USUAL_DAYS)
        first = {
            "closes_on": usual,
            "due_on": usual + DUE_AFTER,
            "review_on": usual + REVIEW_AFTER,
            "key": new_id(),
        }
        super().__init__(*args, **{**kwargs, "initial": first})
        closes_on = self.fields["closes_on"]
        assert isinstance(closes_on, DayField)
        closes_on.earliest, closes_on.latest = today + timedelta(days=1), today + timedelta(days=MOST_DAYS)
        self.kind, self.rolls = kind, rolls
        self.offer((one for members in rolls.of.values() for one in members), today=today)
        if kind.rule != "double-majority":
            del self.fields["threshold"]
            self.fields["share"].label = _("How many of each side must take part?")
        if laid_down:
            keep_to_share(self, laid_down)
            self.fields.pop("threshold", None)
        for name, field in self._options():
            self.fields[name] = field
        for side, members in rolls.of.items():
            self.fields[f"scrutineer_{side}"] = forms.TypedChoiceField(
                label=_("Who looks over the count for: %(side)s?") % {"side": name_of(side)},
                choices=[("", _("choose one")), *_called(members)],
            )
        if rolls.unsaid:
            self.fields["leave_out_unsaid"] = forms.BooleanField(
                required=False, label=_("Open it without those who have not said for which side they speak")
            )
        self.order_fields(
            [*(name for name in self.fields if name not in SeenToForm.base_fields), *SeenToForm.base_fields]
        )

    def _options(self) -> Iterator[tuple[str, forms.Field]]:
        kind = self.kind
        if kind.has_budget:
            units = [("hours", _("hours")), ("money", _("money"))]
            yield "unit", forms.ChoiceField(label=_("What is shared out?"), choices=units, widget=forms.RadioSelect)
            yield "budget", CleanTextField(max_length=20, label=_("How much is there?"), help_text=_AMOUNT)
        if kind.by_side:
            for side, members in self.rolls.of.items():
                label = _("Who stands for: %(side)s?") % {"side": name_of(side)}
                yield (
                    f"candidates_{side}",
                    forms.MultipleChoiceField(
                        label=label, choices=_called(members), widget=forms.CheckboxSelectMultiple
                    ),
                )
        elif kind.has_options:
            for number in range(1, MOST_TYPED + 1):
                label = _("Choice %(number)s") % {"number": number}
                yield f"option_{number}", CleanTextField(max_length=120, label=label, required=number < 3)
                if kind.has_budget:
                    costs = _("What choice %(number)s costs") % {"number": number}
                    yield f"cost_{number}", CleanTextField(max_length=20, label=costs, required=number < 3)
        if kind.has_seats:
            seats = _("How many does each side elect?") if kind.by_side else _("How many are chosen?")
            yield "seats", forms.IntegerField(label=seats, min_value=1, max_value=MOST_TYPED, initial=1)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.kind.has_budget and cleaned.get("unit"):
            self._amount(cleaned, "budget")
            for number in range(1, MOST_TYPED + 1):
                self._amount(cleaned, f"cost_{number}")
                if cleaned.get(f"option_{number}") and not cleaned.get(f"cost_{number}"):
                    self._fault(f"cost_{number}", _("Write what it costs."))
        names = [name for name in self._typed(cleaned) if name]
        if len({name.casefold() for name in names}) < len(names):
            raise ValidationError(_("Two choices have the same words. Make them different."), code="twice")
        return cleaned

    def _amount(self, cleaned: dict[str, Any], name: str) -> None:
        """Turn what was typed into minutes, or whole units of money."""
        text = cleaned.get(name)
        if not text:
            return
        try:
            amount = parse_minutes(text) if cleaned["unit"] == "hours" else int(text) if text.isdecimal() else 0
        except NotAnAmountOfTime:
            amount = 0
        if not 1 <= amount <= MOST_AMOUNT:
            self._fault(name, _AMOUNT)
            return
        cleaned[name] = amount

    def _fault(self, name: str, words: Any) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    @staticmethod
    def _typed(cleaned: Mapping[str, Any]) -> list[str]:
        return [cleaned.get(f"option_{number}") or "" for number in range(1, MOST_TYPED + 1)]

    @property
    def scrutineers(self) -> dict[str, Membership]:
        by_key = {str(one.pk): one for members in self.rolls.of.values() for one in members}
        return {side: by_key[self.cleaned_data[f"scrutineer_{side}"]] for side in self.rolls.of}

    @property
    def asked(self) -> Asked:
        """What the ballot asks."""
        given = self.cleaned_data
        return Asked(self.kind.rule, self.options, given.get("seats", 1), given.get("budget", 0), given.get("unit", ""))

    @property
    def options(self) -> list[OptionTold]:
        """What can be chosen, in the order of the ballot."""
        if self.kind.by_side:
            return [
                OptionTold(member=member, side=side)
                for side, members in self.rolls.of.items()
                for member in members
                if str(member.pk) in self.cleaned_data[f"candidates_{side}"]
            ]
        return [
            OptionTold(name=name, cost=self.cleaned_data.get(f"cost_{number}") or 0)
            for number, name in enumerate(self._typed(self.cleaned_data), 1)
            if name
        ]


_AMOUNT = _("Write hours such as 12:30, or whole money such as 250.")


def _called(members: list[Membership]) -> list[tuple[str, str]]:
    return [(str(one.pk), str(one.person)) for one in members]
