"""Forms after a vote: who sees to it and until when, how far it is, and what came of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import ProgressNote, Reaction
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Membership
from alongside.ui.fields import DayField

DUE_AFTER, REVIEW_AFTER, MOST_AHEAD = timedelta(days=60), timedelta(days=180), timedelta(days=3 * 365)


class SeenToForm(forms.Form):
    """Who sees to a decision, by when it is to be done, and when people look at it again."""

    owner = forms.ChoiceField(
        required=False,
        label=_("Who sees to it, if it is adopted?"),
        help_text=_("This and the two days can be changed later."),
    )
    due_on = DayField(required=False, label=_("By when is it to be done?"))
    review_on = DayField(
        required=False,
        label=_("When do people look at it again?"),
        help_text=_("From that day on, everybody on the rolls can say what it does for them."),
    )

    def offer(self, members: Iterable[Membership], *, today: date) -> None:
        """The people among whom an owner is named, and the days that can be chosen."""
        by_key = {str(one.pk): one for one in members}
        self.owners = by_key
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("nobody yet")), *((key, str(one.person)) for key, one in by_key.items())]
        for name in ("due_on", "review_on"):
            day = self.fields[name]
            assert isinstance(day, DayField)
            day.latest = today + MOST_AHEAD

    def clean(self) -> dict[str, Any]:
        """It is looked at again once it is to be done."""
        given = super().clean() or self.cleaned_data
        due, review = given.get("due_on"), given.get("review_on")
        if due and review and review < due:
            self.add_error("review_on", _("Choose the day by which it is done, or a later one."))
        return given

    def seen_to(self) -> dict[str, Any]:
        """What an action is told."""
        given = self.cleaned_data
        return {
            "owner": self.owners.get(given.get("owner", "")),
            "due_on": given.get("due_on"),
            "review_on": given.get("review_on"),
        }


class ProgressForm(forms.Form):
    step = forms.ChoiceField(label=_("How far is it?"), choices=ProgressNote.Step.choices, widget=forms.RadioSelect)
    text = CleanTextField(
        max_length=1000, lines=True, label=_("In your words"), help_text=_("Everybody here can read this.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, steps: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)
        step.choices = [(value, ProgressNote.Step(value).label) for value in steps]


class RateForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What does it do for you?"), choices=Reaction.Kind.choices, widget=forms.RadioSelect
    )
