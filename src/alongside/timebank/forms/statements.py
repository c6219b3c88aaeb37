"""What part of a statement to show, and a day to look back to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.timebank.showing.periods import EARLIEST, LATEST, Period, choices, period_of
from alongside.ui.fields import DayField


class PeriodForm(forms.Form):
    """A named stretch, or from one day to another; days win over the name."""

    all_optional = True

    period = forms.ChoiceField(label=_("Period"), required=False)
    since = DayField(label=_("From"), required=False, earliest=EARLIEST, latest=LATEST)
    until = DayField(label=_("To"), required=False, earliest=EARLIEST, latest=LATEST)

    def __init__(self, *args: Any, opened_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)
        period.choices = [("", _("Everything so far")), *choices(opened_on, today)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("This day comes before the first one."))
        return data

    @property
    def chosen(self) -> Period:
        """What was asked for; everything when it could not be read."""
        if not self.is_valid():
            return Period()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since or until:
            return Period(since, until)
        return period_of(self.cleaned_data.get("period", "")) or Period()


class MomentForm(forms.Form):
    """A day in the past: what was the balance at its end?"""

    at = DayField(label=_("What was the balance at the end of a day?"), earliest=EARLIEST)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = self.fields["at"]
        assert isinstance(at, DayField)
        at.latest = today
        at.widget.attrs["max"] = today.isoformat()


class MonthsForm(forms.Form):
    """Which months the books at a glance are about, and which direction, where directions are given.

    `years_alone`: whole years of the calendar and nothing across them.
    """

    all_optional = True

    year = forms.TypedChoiceField(label=_("Period"), required=False, coerce=int, empty_value=None)
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(
        self,
        *args: Any,
        first_year: int,
        today: date,
        directions: list[tuple[str, Any]],
        years_alone: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        year, direction = self.fields["year"], self.fields["direction"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(direction, forms.ChoiceField)
        years = range(today.year, min(first_year, today.year) - 1, -1)
        across = [] if years_alone else [("", _("The last 12 months"))]
        year.choices = [*across, *((str(each), str(each)) for each in years)]
        direction.choices = [("", _("All directions")), *directions]
        if not directions:
            del self.fields["direction"]
