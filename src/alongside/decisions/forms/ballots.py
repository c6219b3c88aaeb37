"""Ballots to fill in: one form for each style, all of which come to the same short text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.voting import VoteForm
from alongside.decisions.rules.ballots import (
    ABSTAIN,
    MOST_POINTS,
    NotABallot,
    Style,
    marks_text,
    order_from,
    points_text,
)
from alongside.decisions.saying import FAULTS, STEPS
from alongside.kernel.text import CleanTextField

# A number on a ballot and what it is called there.
Named = Sequence[tuple[int, str]]


class BallotForm(forms.Form):
    """A ballot among options. Cleaned, `choice` holds what it says; nothing that cannot be counted passes."""

    all_optional = True

    def __init__(self, *args: Any, named: Named = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named
        self.add_options()
        self.fields["abstain"] = forms.BooleanField(required=False, label=_("I leave it to the others"))

    def add_options(self) -> None:
        raise NotImplementedError

    def written(self) -> str:
        """What is marked, as text. Raises NotABallot."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            said = self.written()
        except NotABallot as fault:
            if fault.why != "empty" or not cleaned.get("abstain"):
                raise ValidationError(gettext(FAULTS[fault.why]), code=fault.why) from None
            said = ABSTAIN
        else:
            if cleaned.get("abstain"):
                raise ValidationError(gettext(FAULTS["both"]), code="both")
        cleaned["choice"] = said
        return cleaned

    def given(self) -> dict[int, int]:
        """The numbers typed or chosen, by option; empty ones left out."""
        return {number: int(self.cleaned_data[f"option_{number}"] or 0) for number, _name in self.named}


class MarksForm(BallotForm):
    def add_options(self) -> None:
        self.fields["marked"] = forms.TypedMultipleChoiceField(
            label=_("Tick all that you want"),
            choices=[(str(number), name) for number, name in self.named],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def written(self) -> str:
        return marks_text(self.cleaned_data["marked"])


class RanksForm(BallotForm):
    def add_options(self) -> None:
        places = [("", _("no number")), *((str(place), str(place)) for place in range(1, len(self.named) + 1))]
        for number, name in self.named:
            self.fields[f"option_{number}"] = forms.TypedChoiceField(
                label=name, choices=places, coerce=int, empty_value=None, required=False
            )

    def written(self) -> str:
        return order_from({option: place for option, place in self.given().items() if place})


class PointsForm(BallotForm):
    def add_options(self) -> None:
        points = [(str(many), str(many)) for many in range(MOST_POINTS + 1)]
        for number, name in self.named:
            self.fields[f"option_{number}"] = forms.TypedChoiceField(
                label=name, choices=points, coerce=int, empty_value=None, initial="0", required=False
            )

    def written(self) -> str:
        return points_text(self.given())


class WordForm(VoteForm):
    def __init__(self, *args: Any, named: Named = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class StepForm(forms.Form):
    choice = forms.ChoiceField(label=_("How do you see it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, named: Named = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(number), STEPS[number]) for number in sorted(STEPS, reverse=True)]


_FORMS: Mapping[Style, type[forms.Form]] = {
    Style.WORD: WordForm,
    Style.STEP: StepForm,
    Style.MARKS: MarksForm,
    Style.RANKS: RanksForm,
    Style.POINTS: PointsForm,
}


def ballot_form(style: Style, *args: Any, **kwargs: Any) -> forms.Form:
    """The form of a style; `named`: the options in the order of the ballot."""
    return _FORMS[style](*args, **kwargs)


def paper_form(style: Style, *args: Any, **kwargs: Any) -> forms.Form:
    """The same form, with the code that stands on the paper before it."""
    form = ballot_form(style, *args, **kwargs)
    form.fields["code"] = CleanTextField(
        max_length=12, label=_("The code on the paper"), help_text=_("For example K7PM3-XQDA2.")
    )
    form.order_fields(["code", *(name for name in form.fields if name != "code")])
    return form
