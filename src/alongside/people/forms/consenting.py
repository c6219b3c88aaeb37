"""Forms for saying yes or no."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.text import CleanTextField
from alongside.people import purposes


class SayForm(forms.Form):
    """Yes or no to one registered purpose; the channel when somebody else writes it down."""

    purpose = forms.ChoiceField()
    given = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    channel = forms.ChoiceField(choices=Channel.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = self.fields["purpose"]
        assert isinstance(purpose, forms.ChoiceField)
        purpose.choices = [(each.name, each.name) for each in purposes.every()]


class ContactWordsForm(forms.Form):
    words = CleanTextField(
        label=_("A few words to them"),
        max_length=300,
        required=False,
        help_text=_("For example why you would like to talk."),
    )
