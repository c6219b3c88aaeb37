"""Forms of this room: one thing a page, in plain words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Membership
from alongside.programs.rules.words import WEEKDAYS
from alongside.programs.words import translated
from alongside.rota.models import Assignment, Wish
from alongside.ui.fields import DayField
from alongside.ui.words import day_text

ANY = "any"


class KeyForm(forms.Form):
    """The same form sent twice makes one thing."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})


class DaysForm(KeyForm):
    """From one day to another, both included."""

    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), help_text=_("The last day counts."))


class PeriodForm(DaysForm):
    """For which days a rota is made."""


class AwayForm(DaysForm):
    """When somebody cannot come."""


class ExemptForm(DaysForm):
    """From when until when a family owes nothing, and why."""

    reason = CleanTextField(
        label=_("Why?"), help_text=_("The family reads it, and whoever keeps the rota. Nobody else."), max_length=200
    )

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reasons:
            field = self.fields["reason"]
            assert isinstance(field, CleanTextField)
            field.help_text = _("Agreed reasons: %(reasons)s. The family reads it, and whoever keeps the rota.") % {
                "reasons": ", ".join(reasons)
            }
        self.order_fields(["first_day", "last_day", "reason"])


class ClosedDayForm(forms.Form):
    day = DayField(label=_("Which day?"))
    why = CleanTextField(label=_("Why is it closed?"), max_length=80, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["day"]
        assert isinstance(day, DayField)
        day.earliest = today


class PlaceForm(forms.Form):
    """Who has a duty from now on, and instead of whom."""

    membership = MemberField(label=_("Who does it?"))
    instead_of = forms.ChoiceField(label=_("Instead of"), required=False, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How did you hear of it?"), choices=Channel.choices, initial=Channel.PHONE)
    despite_rules = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, there: Sequence[tuple[str, str]], is_full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member, instead = self.fields["membership"], self.fields["instead_of"]
        assert isinstance(member, MemberField)
        assert isinstance(instead, forms.ChoiceField)
        member.queryset = Membership.objects.none()
        instead.required = is_full
        instead.choices = [*([] if is_full else [("", _("nobody: a place is open"))]), *there]
        if not there:
            del self.fields["instead_of"]


class SwapForm(KeyForm):
    """Of whom it is asked: of everybody who may, or of one person. A coordinator says how they heard of it."""

    asked_of = MemberField(
        label=_("Ask one person?"),
        help_text=_("Leave it empty to ask everybody who may take it. Write a name or a member number to ask one."),
        required=False,
    )
    takes_back = forms.BooleanField(
        label=_("I would take one of theirs instead"),
        help_text=_("They choose which one, and you say yes or no to it."),
        required=False,
        initial=True,
    )
    channel = forms.ChoiceField(label=_("How did they ask you?"), choices=Channel.choices, initial=Channel.PHONE)

    def __init__(self, *args: Any, is_for_another: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_for_another:
            self.fields["takes_back"].label = _("They would take another duty instead")
        else:
            del self.fields["channel"]


class GivenForm(forms.Form):
    """Which of one's own duties one gives for the other."""

    given_duty = forms.ChoiceField(label=_("Which of your duties do you give?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, duties: Sequence[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in duties}
        field = self.fields["given_duty"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, _name_of(one)) for pk, one in self.by_pk.items()]

    @property
    def given(self) -> Assignment:
        return self.by_pk[self.cleaned_data["given_duty"]]


class TakerForm(forms.Form):
    """Who takes a duty for which somebody is looked for, and what they give for it, as a coordinator heard it."""

    membership = forms.ChoiceField(label=_("Who takes it?"), widget=forms.RadioSelect)
    given_duty = forms.ChoiceField(label=_("Which duty do they give for it?"), required=False)
    is_agreed = forms.BooleanField(required=False)
    channel = forms.ChoiceField(label=_("How did they say so?"), choices=Channel.choices, initial=Channel.PHONE)

    def __init__(
        self, *args: Any, takers: Sequence[Membership], duties: Sequence[Assignment], asker: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in takers}
        self.duties = {str(one.pk): one for one in duties}
        field, given = self.fields["membership"], self.fields["given_duty"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(given, forms.ChoiceField)
        field.choices = [(pk, str(one)) for pk, one in self.by_pk.items()]
        groups: dict[str, list[tuple[str, str]]] = {}
        for pk, one in self.duties.items():
            groups.setdefault(str(one.membership), []).append((pk, _name_of(one)))
        given.choices = [("", _("none")), *groups.items()]
        self.fields["is_agreed"].label = _("%(name)s has said yes to that duty too") % {"name": asker}
        if not duties:
            del self.fields["given_duty"], self.fields["is_agreed"]

    @property
    def taker(self) -> Membership:
        return self.by_pk[self.cleaned_data["membership"]]

    @property
    def given(self) -> Assignment | None:
        return self.duties.get(self.cleaned_data.get("given_duty", ""))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "membership" in told and self.given is not None and self.given.membership_id != self.taker.pk:
            self.add_error("given_duty", _("This duty is somebody else's. Choose one of who takes it, or none."))
        return told


def _name_of(one: Assignment) -> str:
    return f"{one.duty.name}, {day_text(one.duty.starts_at)}"


class WishForm(forms.Form):
    """A day of the week, a duty, or a duty on that day."""

    weekday = forms.TypedChoiceField(label=_("On which day?"), coerce=int, empty_value="0", required=False)
    duty = forms.ChoiceField(label=_("Which duty?"), required=False)
    how = forms.ChoiceField(label=_("How is it?"), choices=Wish.How.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, section: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weekday, duty = self.fields["weekday"], self.fields["duty"]
        assert isinstance(weekday, forms.ChoiceField)
        assert isinstance(duty, forms.ChoiceField)
        days = [(n, translated(name)) for n, name in enumerate(WEEKDAYS.values(), start=1)]
        weekday.choices = [(0, _("any day")), *days]
        duty.choices = [("", _("any duty")), *((each["name"], each["name"]) for each in section.get("duties", []))]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("weekday") and not told.get("duty") and "how" in told:
            raise forms.ValidationError(_("Choose a day or a duty: what is it about?"), code="nothing")
        return told


class PatternForm(forms.Form):
    pattern = forms.ChoiceField(label=_("How does this family take part?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, patterns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pattern"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in patterns]


class SureForm(forms.Form):
    """Nothing to say but yes."""


def usual_period(last: date | None, today: date) -> tuple[date, date]:
    """The month after the last rota, or the next month."""
    begin = today if last is None else last
    first = (begin.replace(day=1) if last is None else begin).replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    end = date(after.year + after.month // 12, after.month % 12 + 1, 1)
    return after, date.fromordinal(end.toordinal() - 1)
