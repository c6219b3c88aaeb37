"""What a person may fill in about notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.notices import kinds
from alongside.notices.models import ALL, Choice

IN_ALL = "in_all"


@dataclass(frozen=True)
class Room:
    """The questions about what one room sends; `otherwise`: how many of them are answered by themselves."""

    label: str | Promise
    questions: list[forms.BoundField]
    otherwise: int


class ChoicesForm(forms.Form):
    """How often in all, and for each kind whether it goes with all the others."""

    all_optional = True
    in_all = forms.ChoiceField(
        label=_("How often may we send you something?"),
        choices=[(when.value, when.label) for when in (Choice.When.AT_ONCE, Choice.When.DAILY)],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, now_chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_all = now_chosen.get(ALL, Choice.When.AT_ONCE)
        self.initial[IN_ALL] = Choice.When.AT_ONCE if in_all == Choice.When.NEVER else in_all
        for kind in kinds.choosable():
            chosen = now_chosen.get(kind.name, "")
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label),
                choices=[("", _("As chosen above")), *Choice.When.choices],
                required=False,
                initial="" if chosen == in_all else chosen,
            )

    @property
    def rooms(self) -> list[Room]:
        """The questions about single kinds, room by room."""
        return [
            self._room(name, list(some))
            for name, some in groupby((kind.name for kind in kinds.choosable()), key=lambda kind: kind.split(".")[0])
        ]

    def _room(self, name: str, of_kinds: list[str]) -> Room:
        questions = [self[kind] for kind in of_kinds]
        label = apps.get_app_config(name).verbose_name if apps.is_installed(f"alongside.{name}") else name
        return Room(label, questions, sum(bool(question.value()) for question in questions))

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, for `actions.choose`."""
        single = {name: when for name, when in self.cleaned_data.items() if name != IN_ALL}
        return {ALL: self.cleaned_data[IN_ALL], **single}
