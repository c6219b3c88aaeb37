"""Coming in, leaving, planning sessions and writing down a licence."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Household
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.models import Enrolment
from alongside.ui.fields import DayField


class JoinForm(ForSomebodyMixin):
    """How somebody comes in. Nobody is asked what they need."""

    way = forms.ChoiceField(label=_("How do you come in?"), widget=forms.RadioSelect)
    household = forms.ModelChoiceField(
        Household.objects.none(), required=False, label=_("As which household?"), empty_label=_("as none")
    )
    introduced_by = MemberField(
        required=False,
        label=_("Who referred or introduced you?"),
        help_text=_("A name or a member number, if you like to say."),
    )

    def __init__(
        self, *args: Any, ways: Sequence[str], households: Any, seen: MembershipQuerySet, people: Any = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        names = dict(Enrolment.Way.choices)
        way, household, introduced_by = (self.fields[name] for name in ("way", "household", "introduced_by"))
        assert isinstance(way, forms.ChoiceField)
        assert isinstance(household, forms.ModelChoiceField)
        assert isinstance(introduced_by, MemberField)
        way.choices = [(each, names[each]) for each in ways]
        way.initial = ways[0]
        household.queryset = households
        introduced_by.queryset = seen
        if "household" not in ways or not households.exists():
            del self.fields["household"]
        if not {"referral", "introduction"} & set(ways):
            del self.fields["introduced_by"]
        if len(ways) == 1:
            way.widget = way.hidden_widget()
        self.ask_whose(people)
        self.order_fields(["way", "household", "introduced_by"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("way") != Enrolment.Way.HOUSEHOLD:
            cleaned["household"] = None
        elif "household" in self.fields and not cleaned.get("household"):
            self.add_error("household", _("Choose the household."))
        return cleaned


class LeaveForm(ForSomebodyMixin):
    why = forms.ChoiceField(
        label=_("Why, if you like to say?"),
        choices=Enrolment.Why.choices,
        initial=Enrolment.Why.NOT_SAID,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_whose(people)
        self.order_fields(["why"])


class ScheduleForm(forms.Form):
    """From which day on, and who leads."""

    first_day = DayField(label=_("From which day on?"), help_text=_("The first session is on the next day that fits."))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        leaders: int,
        members: MembershipQuerySet,
        today: date,
        named: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """`named`: who leads, by number, as far as that is known already."""
        first = {"key": new_id(), "first_day": today + timedelta(days=7)}
        first |= {f"leader_{place}": number for place, number in enumerate(named, start=1)}
        super().__init__(*args, **{**kwargs, "initial": first})
        day = self.fields["first_day"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today, today + timedelta(days=2 * 366)
        self.count = leaders
        for number in range(1, leaders + 1):
            label = _("Who leads, %(number)s of %(count)s?") % {"number": number, "count": leaders}
            who = MemberField(label=label, help_text=_("A name or a member number."))
            who.queryset = members
            self.fields[f"leader_{number}"] = who
            self.fields[f"lived_{number}"] = forms.BooleanField(
                required=False,
                label=_("Leader %(number)s leads from lived experience, and wants that said") % {"number": number},
            )

    def leaders(self) -> list[tuple[Any, bool]]:
        """Each leader, and whether they lead from lived experience."""
        given: Mapping[str, Any] = self.cleaned_data
        return [(given[f"leader_{number}"], given[f"lived_{number}"]) for number in range(1, self.count + 1)]


class LicenceForm(forms.Form):
    """Facts about a licence; the paper stays where it is."""

    of = CleanTextField(max_length=120, label=_("What is it for?"))
    holder = CleanTextField(max_length=120, label=_("Who holds it?"))
    reference = CleanTextField(max_length=80, required=False, label=_("Its number"))
    starts_on = DayField(label=_("From which day does it hold?"))
    ends_on = DayField(
        required=False, label=_("Until which day?"), help_text=_("Leave it empty if it does not run out.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"of": of, "key": new_id(), "starts_on": today}})
        for name in ("starts_on", "ends_on"):
            field = self.fields[name]
            assert isinstance(field, DayField)
            field.earliest, field.latest = today - timedelta(days=20 * 366), today + timedelta(days=20 * 366)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It ends before it begins."))
        return cleaned
