"""Forms of this room: one thing a page, in plain words."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import today
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Community
from alongside.people.models.membership import MembershipQuerySet
from alongside.rewards.rules.codes import read
from alongside.ui.fields import DayField

MOST_PRIZES = 1000
FARTHEST = timedelta(days=365)


class KeyForm(forms.Form):
    """The same form sent twice makes one thing."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})


class CodeForm(forms.Form):
    """A code, or the serial of a note, as it is read out or typed off."""

    code = CleanTextField(
        label=_("Code, or serial of the note"),
        help_text=_("Capital or small, with or without gaps."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        found = read(self.cleaned_data["code"])
        if found is None:
            raise ValidationError(_("A letter is wrong or missing. Look at it again, or ask for it once more."))
        return found


class HandOnForm(forms.Form):
    to = MemberField(label=_("Who shall have it?"))

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, MemberField)
        to.queryset = people


class AnnounceForm(KeyForm):
    """A draw: how many, among whom, and until when people come in."""

    prizes = forms.IntegerField(
        label=_("How many are drawn?"),
        min_value=1,
        max_value=MOST_PRIZES,
        error_messages={
            "min_value": _("Draw at least one."),
            "max_value": _("Draw at most %(limit_value)s."),
            "invalid": _("Write a whole number."),
        },
    )
    from_day = DayField(label=_("Time given from this day on counts"))
    until_day = DayField(label=_("Until this day"))
    closes_on = DayField(
        label=_("Last day to come in"),
        help_text=_("The number that decides is made the day after, at noon. Nobody here can know it before."),
    )

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if not today() <= day <= today() + FARTHEST:
            raise ValidationError(_("Choose a day from today on, within a year."))
        return day

    def moments(self, community: Community) -> dict[str, datetime]:
        """When the entries close, and when the number is made: the midnight after the last day, and the noon after."""
        day: date = self.cleaned_data["closes_on"] + timedelta(days=1)
        zone = ZoneInfo(community.time_zone)
        return {
            "closes_at": datetime.combine(day, time(), zone),
            "number_at": datetime.combine(day, time(12), zone),
        }


class NumberForm(forms.Form):
    told = CleanTextField(
        label=_("What stands at that address"),
        help_text=_("Copy all of it, from { to }. A letter that is missing is noticed."),
        max_length=2000,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
