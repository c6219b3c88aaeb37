"""Forms while a vote is open: who looks over the count for each side."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.saying import name_of
from alongside.people.models import Membership


class ScrutineersForm(forms.Form):
    """One person of each roll. `present`: who it is now, by side."""

    def __init__(
        self,
        *args: Any,
        rolls: Mapping[str, Sequence[Membership]],
        present: Mapping[str, Membership],
        count: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rolls = rolls
        # In rounds of consent they facilitate, and nothing is counted.
        asks = _("Who looks over the count for: %(side)s?") if count else _("Who facilitates for: %(side)s?")
        for side, members in rolls.items():
            chosen = present[side]
            self.fields[f"scrutineer_{side}"] = forms.ChoiceField(
                label=asks % {"side": name_of(side)},
                choices=[("", _("choose one")), *((str(one.pk), str(one.person)) for one in members)],
                initial=str(chosen.pk) if chosen in members else "",
            )

    def chosen(self) -> dict[str, Membership]:
        by_key = {str(one.pk): one for members in self.rolls.values() for one in members}
        return {side: by_key[self.cleaned_data[f"scrutineer_{side}"]] for side in self.rolls}
