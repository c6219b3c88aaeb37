"""Forms of voting: between whom, for which side one speaks, yes or no, calling off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Side
from alongside.decisions.rules.kinds import KINDS, Kind
from alongside.decisions.saying import name_of
from alongside.kernel.text import CleanTextField


class SidesForm(forms.Form):
    """Between which two sides it is decided, and by which kind of vote."""

    all_optional = True
    one = forms.ChoiceField(label=_("One side"), choices=Side.choices, required=False)
    other = forms.ChoiceField(label=_("The other side"), choices=Side.choices, required=False)

    rule = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def kind(self) -> Kind:
        """The kind of vote; yes or no by sides where nothing known was chosen."""
        self.is_valid()
        return KINDS.get(self.cleaned_data.get("rule") or "", KINDS["double-majority"])

    @property
    def sides(self) -> tuple[str, str]:
        """The two sides; the usual ones where nothing, or twice the same, was chosen."""
        self.is_valid()
        one, other = (self.cleaned_data.get(name) or "" for name in ("one", "other"))
        return (one, other) if one and other and one != other else (Side.USES.value, Side.PROVIDES.value)


class MySideForm(forms.Form):
    side = forms.ChoiceField(label=_("In this decision I speak as one of"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sides: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        side.choices = [(one, name_of(one)) for one in sides]


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Neither: I leave it to the others"))],
        widget=forms.RadioSelect,
    )


class CallOffForm(forms.Form):
    why = CleanTextField(max_length=500, lines=True, label=_("Why is it called off?"))
