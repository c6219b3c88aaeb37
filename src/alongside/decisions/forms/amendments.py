"""Offering other words for a proposal, and saying why not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models.membership import MembershipQuerySet


class AmendForm(ForSomebodyMixin):
    """The changed words, of the whole or of one paragraph, and why."""

    text = CleanTextField(
        max_length=10_000,
        lines=True,
        label=_("How should it read?"),
        help_text=_("Change the words as you would like them."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    why = CleanTextField(max_length=1000, lines=True, label=_("Why?"), help_text=_("Everybody can read this."))
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("text", "why", "whose", "channel", "paragraph", "number", "key")

    def __init__(self, *args: Any, people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.ask_whose(people)


class RefuseForm(forms.Form):
    reason = CleanTextField(
        max_length=1000, lines=True, label=_("Why not?"), help_text=_("Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
