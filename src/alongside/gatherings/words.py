"""What stands on pages and in letters: names of parts, of ways there, and when a series meets."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from alongside.gatherings.actions import A_PLACE
from alongside.gatherings.models import Booking, Gathering, Part, Place, Series
from alongside.gatherings.rules import telling
from alongside.ui.fields import HoursField
from alongside.ui.words import day_text, hours_text, time_text

REPEATS = {
    telling.ONCE: gettext_lazy("Once"),
    telling.WEEKLY: gettext_lazy("Every week"),
    telling.FORTNIGHTLY: gettext_lazy("Every second week"),
    telling.BY_WEEKDAY: gettext_lazy("Every month, on the same weekday (such as the first Tuesday)"),
    telling.BY_DATE: gettext_lazy("Every month, on the same date"),
    telling.DAILY: gettext_lazy("Every day"),
    telling.YEARLY: gettext_lazy("Every year"),
}


def part_name(part: Part) -> str:
    """What a part is called; the one that nobody named is a place."""
    return pgettext("one seat at a gathering", "A place") if part.name == A_PLACE else part.name


def repeats(series: Series) -> str:
    """How often a series meets."""
    kind = telling.kind_of(series.rrule, series.first_day)
    return str(REPEATS.get(kind, _("By a rule of its own")))


def note_on(booking: Booking) -> str:
    """How it stands with the reader, in a few words."""
    if booking.must_confirm:
        return _("please confirm")
    return {
        Booking.State.BOOKED: _("you have a place"),
        Booking.State.WAITING: _("you are waiting"),
        Booking.State.STAND_BY: _("you would step in"),
    }[Booking.State(booking.state)]


def access_words(place: Place) -> list[str]:
    """What helps people get in and take part, a line each."""
    told = [
        _("Step-free") if place.is_step_free else "",
        _("Hearing loop") if place.has_hearing_loop else "",
        _("Quiet room") if place.has_quiet_room else "",
        place.access_notes,
    ]
    return [line for line in told if line]


def ways_there(gathering: Gathering) -> str:
    """Where it is, in one line."""
    ways = [gathering.place.name] if gathering.place else []
    ways += [_("online")] if gathering.online else []
    ways += [_("by phone")] if gathering.phone else []
    return ", ".join(ways) or _("The place is told later.")


def answers(form: forms.Form) -> list[dict[str, str]]:
    """What somebody typed, to be checked: every field that is filled in, in words."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if field.widget.is_hidden or value in (None, "", [], False):
            continue
        found.append({"label": str(field.label), "value": _in_words(field, value)})
    return found


def _choices(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(field.choices)  # type: ignore[arg-type]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(_choices(field)).get(value, value))
    if isinstance(field, HoursField):
        return hours_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time):
        return time_text(value)
    return telling.written_lines(value) if isinstance(value, list) else str(value)
