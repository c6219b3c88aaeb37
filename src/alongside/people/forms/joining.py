"""Forms for coming in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.actions.inviting import MOST_USES

GOOD_FOR = [(7, _("one week")), (30, _("one month")), (90, _("three months"))]


class AskForm(forms.Form):
    words = CleanTextField(
        label=_("A few words about you"),
        max_length=1000,
        lines=True,
        required=False,
        help_text=_("A coordinator reads them. You need not write anything."),
    )


class AnswerForm(forms.Form):
    """Yes, or no with a reason."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("approve", _("Welcome")), ("decline", _("Not this time"))],
        widget=forms.RadioSelect,
    )
    reason = CleanTextField(
        label=_("Reason"),
        max_length=1000,
        lines=True,
        required=False,
        help_text=_("Needed for a no. The person reads it."),
    )


class InviteForm(forms.Form):
    note = CleanTextField(
        label=_("Who is it for?"),
        max_length=120,
        required=False,
        help_text=_("Only coordinators see this, for example “library notice board”."),
    )
    uses = forms.IntegerField(label=_("How many people may use it?"), min_value=1, max_value=MOST_USES, initial=1)
    days = forms.TypedChoiceField(label=_("Good for"), choices=GOOD_FOR, coerce=int, initial=30)

    def lasting(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class JoinByNameForm(forms.Form):
    name = CleanTextField(
        label=_("What is your name?"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.pop("initial", {})}})
