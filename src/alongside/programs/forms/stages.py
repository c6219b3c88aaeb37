"""Who leads a stage, and what it has made."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.decisions.models import Side
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.programs.models import StageRun

OTHER = "other"


class LeadForm(ForSomebodyMixin):
    """For which side, usually the first of one's own (`mine`); a coordinator also says who."""

    side = forms.ChoiceField(label=_("For which side?"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, sides: Sequence[str], mine: Sequence[str] = (), people: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"side": next(iter(mine), None)}})
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        side.choices = [(each, Side(each).label) for each in sides]
        self.ask_whose(people)
        self.order_fields(["side"])


class ProduceForm(ForSomebodyMixin):
    """Which of the things a stage must make, and in what words."""

    what = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    other = CleanTextField(max_length=160, required=False, label=_("If it is something else: what?"))
    told = CleanTextField(max_length=3000, lines=True, label=_("What came out?"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, run: StageRun, first: str = "", people: Any = None, **kwargs: Any) -> None:
        begins = {"key": new_id(), "what": first if first in run.makes else None}
        super().__init__(*args, **{**kwargs, "initial": begins})
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [*((each, each) for each in run.makes), (OTHER, _("something else"))]
        self.ask_whose(people)
        self.order_fields(["what", "other", "told"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") == OTHER and not cleaned.get("other"):
            self.add_error("other", _("Say what it is."))
        return cleaned

    @property
    def makes(self) -> str:
        """What was made, in the words of the design or in other ones."""
        given = self.cleaned_data
        return str(given["other"] if given["what"] == OTHER else given["what"])
