"""Offering to do a job, asking somebody, noting who was chosen; a board's meeting and what it decided."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin, SeenField
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.models import JobTerm
from alongside.ui.fields import DayField


class OfferForm(ForSomebodyMixin):
    """A yes of one's own; a coordinator writes it down for somebody."""

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_whose(people)


class AskForm(forms.Form):
    who = MemberField(label=_("Whom do you ask?"), help_text=_("A name or a member number."))

    def __init__(self, *args: Any, seen: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, MemberField)
        who.queryset = seen


class ChooseForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Who chose them?"),
        choices=[(JobTerm.How.VOTE, _("a vote")), (JobTerm.How.BOARD, _("a board"))],
        widget=forms.RadioSelect,
    )
    where = CleanTextField(
        max_length=200, label=_("Where?"), help_text=_("The meeting or the vote, so that others find it again.")
    )

    def __init__(self, *args: Any, how: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"how": how}})


class MeetingForm(forms.Form):
    held_on = DayField(label=_("On which day does it meet?"), help_text=_("Today, or a day that was."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"held_on": today}})
        day = self.fields["held_on"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today - timedelta(days=2 * 366), today


class HoldersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People by the seats they have."""

    def label_from_instance(self, term: Any) -> str:
        return str(term.membership.person)


class PresenceForm(forms.Form):
    """Everybody who had a seat on that day, to be ticked."""

    here = HoldersField(
        JobTerm.objects.none(),
        required=False,
        label=_("Tick everybody who is here"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.fields["here"]
        assert isinstance(here, HoldersField)
        here.queryset = holders


class MinutesForm(forms.Form):
    minutes = CleanTextField(max_length=20_000, lines=True, required=False, label=_("What was said?"))
    seen = SeenField(required=False)


class DecideForm(forms.Form):
    words = CleanTextField(max_length=3000, lines=True, label=_("What did the board decide?"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
