"""What a person may fill in about notices."""

from collections.abc import Mapping
from typing import Any

from django import forms

from alongside.notices import kinds
from alongside.notices.models import Choice


class ChoicesForm(forms.Form):
    """One question for each kind of notice: as it happens, once a day, or only on this site."""

    def __init__(self, *args: Any, now_chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds.choosable():
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label),
                choices=Choice.When.choices,
                widget=forms.RadioSelect,
                initial=now_chosen.get(kind.name, Choice.When.AT_ONCE),
            )
