"""Looking on at a session, and changing to another run."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.programs.models import Cohort
from alongside.ui.words import day_text


class LookForm(forms.Form):
    """The checklist, each to be ticked where it happened."""

    happened = forms.TypedMultipleChoiceField(
        required=False, coerce=int, label=_("What happened?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, checklist: Sequence[str], before: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"happened": list(before)}})
        happened = self.fields["happened"]
        assert isinstance(happened, forms.TypedMultipleChoiceField)
        happened.choices = list(enumerate(checklist))


class RunsField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Runs by their number and first day."""

    def label_from_instance(self, cohort: Any) -> str:
        told = {"number": cohort.number, "day": day_text(cohort.first_day, form="date")}
        return str(_("Run %(number)s, from %(day)s") % told)


class ChangeRunForm(ForSomebodyMixin):
    cohort = RunsField(Cohort.objects.none(), label=_("To which run?"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, cohorts: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohort = self.fields["cohort"]
        assert isinstance(cohort, RunsField)
        cohort.queryset = cohorts
        self.ask_whose(people)
        self.order_fields(["cohort"])
