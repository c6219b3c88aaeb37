"""Amounts of time and days, in the words of the reader's language."""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

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
        words = _("%(hours)s h %(minutes)s min") % {"hours": number_text(hours), "minutes": rest}
    elif rest:
        words = ngettext("%(minutes)s minute", "%(minutes)s minutes", rest) % {"minutes": rest}
    else:
        words = ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": number_text(hours)}
    return sign + words.replace(" ", NO_BREAK)


def number_text(number: int) -> str:
    """Write a whole number in figures, thousands set apart as the reader's language does: "3,329"."""
    return number_format(number, force_grouping=True) if abs(number) >= 1000 else str(number)


def hours_for_table(minutes: int, *, signed: bool = False) -> str:
    """Write minutes for a column of figures: "1:30", or "1,250:30" from a thousand hours on."""
    hours, rest = divmod(abs(minutes), 60)
    plain = format_hours(minutes, signed=signed)
    return plain if hours < 1000 else plain.replace(f"{hours}:{rest:02d}", f"{number_text(hours)}:{rest:02d}")


def duration_code(minutes: int) -> str:
    """The amount as an ISO 8601 duration for `<time datetime>`; the sign is left to the words."""
    hours, rest = divmod(abs(minutes), 60)
    return f"PT{hours}H{rest}M"


def day_text(day: date, *, form: str = "") -> str:
    """Write a day, and for a moment also the time of day.

    `form`: "" for "Tuesday 3 March" (with ", 10 am" for a datetime), "date" or "time" for one of
    the two alone, "short" for "3 Mar 2026". A year other than the present one is written out.
    Raises ValueError for another form.
    """
    if form not in ("", "date", "time", "short"):
        raise ValueError(f"no form of a day: {form!r}")
    if not isinstance(day, datetime):
        return _calendar_day(day, form == "short", today().year, get_language())
    moment = timezone.localtime(day) if timezone.is_aware(day) else day
    if form == "time":
        return time_text(moment.time())
    words = _calendar_day(moment.date(), form == "short", today().year, get_language())
    if form:
        return words
    return _("%(day)s, %(time)s") % {"day": words, "time": time_text(moment.time())}


@lru_cache(maxsize=2048)
def _calendar_day(day: date, short: bool, this_year: int, language: str | None) -> str:
    """The words for one day in the active language, which is part of what is remembered."""
    if short:
        return date_format(day, pgettext("short date, as Django's date filter writes it", "j M Y"))
    if day.year == this_year:
        return date_format(day, pgettext("day without year, as Django's date filter writes it", "l j F"))
    return date_format(day, pgettext("day with year, as Django's date filter writes it", "l j F Y"))


def time_text(moment: time) -> str:
    """Write a time of day: "10 am" or "3:15 pm" by twelve hours, "15:15" by twenty-four."""
    return _clock_face(moment.replace(second=0, microsecond=0), get_language())


@lru_cache(maxsize=1440)
def _clock_face(moment: time, language: str | None) -> str:
    """The words for one minute of the day in the active language, which is part of what is remembered."""
    if pgettext("how many hours a clock face has: 12 or 24", "12") == "24":
        return dateformat.time_format(moment, "H:i")
    half = _("am") if moment.hour < 12 else _("pm")
    return f"{dateformat.time_format(moment, 'f')}{NO_BREAK}{half}"
