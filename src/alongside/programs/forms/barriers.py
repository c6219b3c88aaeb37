"""Raising a barrier, and answering one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.programs.forms.looking import SideMixin
from alongside.programs.rules.barriers import KINDS
from alongside.ui.fields import DayInput


class RaiseForm(SideMixin, ForSomebodyMixin):
    """What is in the way, for which side, and whether one's name stands beside it."""

    kind = forms.ChoiceField(label=_("What kind of thing is in the way?"), widget=forms.RadioSelect)
    words = CleanTextField(max_length=2000, lines=True, label=_("Say it in your own words"))
    hides_name = forms.BooleanField(
        required=False,
        label=_("Do not show my name"),
        help_text=_(
            "Then your name stands on no page. The house keeps it, so that you can take this back and get the answer."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sides: Sequence[str], people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(key, _now(text)) for key, text in KINDS.items()]
        self.ask_side(sides)
        self.ask_whose(people)
        self.order_fields(["kind", "words", "hides_name", "side"])


class AnswerForm(forms.Form):
    """What was answered or found, and when people look again."""

    words = CleanTextField(max_length=2000, lines=True, label=_("What is your answer?"))
    review_on = forms.DateField(
        required=False,
        widget=DayInput,
        label=_("When do we look again?"),
        help_text=_("You are told on that day."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
