"""Forms of conciliation: a short message among those who sit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField


class MessageForm(forms.Form):
    text = CleanTextField(
        max_length=1000, lines=True, label=_("Your words"), help_text=_("Everybody on the rolls can read this.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
