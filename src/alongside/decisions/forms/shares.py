"""What did my share pay for: a ballot is filled in once more, only to look."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.ballots import Named
from alongside.decisions.saying import name_of


class MyShareForm(forms.Form):
    """The side one voted for, and what one ticked. It is not kept."""

    side = forms.ChoiceField(label=_("You voted as one of"), widget=forms.RadioSelect)
    marked = forms.TypedMultipleChoiceField(
        label=_("What did you tick?"),
        help_text=_("Tick the same again. Nobody keeps it, and it says nothing about who you are."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, sides: Sequence[str], named: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side, marked = self.fields["side"], self.fields["marked"]
        assert isinstance(side, forms.ChoiceField)
        assert isinstance(marked, forms.TypedMultipleChoiceField)
        side.choices = [(one, name_of(one)) for one in sides]
        marked.choices = [(str(number), name) for number, name in named]
