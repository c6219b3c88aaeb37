"""Time credits: whole minutes inside, hours and minutes for people."""

import re
import unicodedata

from alongside.kernel.errors import Refusal

MINUTES_A_DAY = 24 * 60

_HOURS_COLON = re.compile(r"^(\d{1,4}):([0-5]\d)$")
_WORDED = re.compile(
    r"^(?:(\d{1,4})\s*(?:h|hr|hrs|hour|hours|hora|horas))?\s*"
    r"(?:(\d{1,5})\s*(?:m|min|mins|minute|minutes|minuto|minutos))?$"
)
_DECIMAL = re.compile(r"^(\d{1,4})(?:[.,](\d{1,4}))?\s*(?:h|hr|hrs|hour|hours|hora|horas)?$")


class NotAnAmountOfTime(Refusal):
    """The text cannot be read as hours and minutes; `text` is what was typed."""

    def __init__(self, *, text: str) -> None:
        super().__init__(f"not an amount of time: {text!r}")
        self.text = text


def parse_minutes(text: str) -> int:
    """Read what a person typed as whole minutes, 0 or more.

    Understood: "1:30", "1h30", "1 h 30 min", "90 min", "1.5", "1,5" (a bare number means hours).
    A decimal that is not a whole number of minutes is refused, never rounded.
    Raises NotAnAmountOfTime for anything else, signs, exponents and "NaN" included.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if match := _HOURS_COLON.match(plain):
        return int(match[1]) * 60 + int(match[2])
    if match := _DECIMAL.match(plain):
        return _minutes_from_decimal(match[1], match[2] or "", text)
    if match := re.match(r"^(\d{1,4})\s*h\s*([0-5]\d)$", plain):
        return int(match[1]) * 60 + int(match[2])
    if plain and (match := _WORDED.match(plain)):
        return int(match[1] or 0) * 60 + int(match[2] or 0)
    raise NotAnAmountOfTime(text=text)


def _minutes_from_decimal(whole: str, fraction: str, text: str) -> int:
    scaled = int(fraction or 0) * 60
    minutes, rest = divmod(scaled, int(10 ** len(fraction)))
    if rest:
        raise NotAnAmountOfTime(text=text)
    return int(whole) * 60 + minutes


def format_hours(minutes: int, *, signed: bool = False) -> str:
    """Write minutes as "1:30"; a negative amount gets a true minus sign.

    `signed`: also write "+" before an amount above zero.
    """
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+" if signed and minutes > 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours}:{rest:02d}"
