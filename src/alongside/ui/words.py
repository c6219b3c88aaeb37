"""Amounts of time and days, in the words of the reader's language."""

from datetime import date, datetime, time

from django.utils import dateformat, timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alongside.kernel.clock import today
from alongside.kernel.hours import format_hours

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def hours_text(minutes: int, *, signed: bool = False) -> str:
    """Write minutes in words: "1 h 30 min", "2 hours", and a true minus sign below zero;
    `signed` adds "+" above zero.
    """
    sign = MINUS if minutes < 0 else "+" if signed and minutes > 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if hours and rest:
        words = _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    elif rest:
        words = ngettext("%(minutes)s minute", "%(minutes)s minutes", rest) % {"minutes": rest}
    else:
        words = ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": f"{hours:,}".replace(",", NO_BREAK)}
    return sign + words.replace(" ", NO_BREAK)


def hours_for_table(minutes: int, *, signed: bool = False) -> str:
    """Write minutes for a column of figures: "1:30"."""
    return format_hours(minutes, signed=signed)


def duration_code(minutes: int) -> str:
    """The amount as an ISO 8601 duration for `<time datetime>`; the sign is left to the words."""
    hours, rest = divmod(abs(minutes), 60)
    return f"PT{hours}H{rest}M"


def day_text(day: date, *, form: str = "") -> str:
    """Write a day, and for a moment also the time of day.

    `form`: "" for "Tuesday 3 March" (with ", 10 am" for a datetime), "date" or "time" for one of
    the two alone, "short" for "3 Mar 2026". A year other than the present one is written out.
    """
    moment = timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
    if form == "short":
        return date_format(moment, pgettext("short date, as Django's date filter writes it", "j M Y"))
    if form == "time" and isinstance(moment, datetime):
        return time_text(moment.time())
    if moment.year == today().year:
        words = date_format(moment, pgettext("day without year, as Django's date filter writes it", "l j F"))
    else:
        words = date_format(moment, pgettext("day with year, as Django's date filter writes it", "l j F Y"))
    if form == "date" or not isinstance(moment, datetime):
        return words
    return _("%(day)s, %(time)s") % {"day": words, "time": time_text(moment.time())}


def time_text(moment: time) -> str:
    """Write a time of day: "10 am" or "3:15 pm" by twelve hours, "15:15" by twenty-four."""
    if pgettext("how many hours a clock face has: 12 or 24", "12") == "24":
        return dateformat.time_format(moment, "H:i")
    half = _("am") if moment.hour < 12 else _("pm")
    return f"{dateformat.time_format(moment, 'f')}{NO_BREAK}{half}"
