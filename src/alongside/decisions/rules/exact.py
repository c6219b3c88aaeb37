"""Numbers that are compared: whole numbers and fractions, never doubles."""

import re
from decimal import Decimal
from fractions import Fraction

# Longer numbers are refused before Python spends time on them.
MOST_DIGITS = 40
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def number(text: str) -> Fraction:
    """The number written as "12", "12.5" or "-3", exactly. Raises ValueError for anything else."""
    text = text.strip()
    if len(text) > MOST_DIGITS or not _NUMBER.fullmatch(text) or not text.isascii():
        raise ValueError(text[:MOST_DIGITS])
    return Fraction(text)


def share(value: object) -> Fraction:
    """A share from 0 to 1, written as 0.25, "1/4" or "25 %", exactly. Raises ValueError."""
    found = _share(value)
    if not 0 <= found <= 1:
        raise ValueError(str(value))
    return found


def _share(value: object) -> Fraction:
    if isinstance(value, bool):
        raise ValueError(str(value))
    if isinstance(value, int | Fraction | Decimal):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(str(value))
    if isinstance(value, str) and len(value) <= MOST_DIGITS:
        if found := _FRACTION.fullmatch(value.strip()):
            if int(found[2]) == 0:
                raise ValueError(value)
            return Fraction(int(found[1]), int(found[2]))
        if found := _PERCENT.fullmatch(value.strip()):
            return Fraction(found[1]) / 100
        return number(value)
    raise ValueError(str(value)[:MOST_DIGITS])


def shown(value: Fraction | int) -> str:
    """A number for people: whole, with up to five decimals where that is exact, else with two and "about"."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    if 100_000 % value.denominator == 0:
        scaled = abs(value.numerator) * (100_000 // value.denominator)
        whole, rest = divmod(scaled, 100_000)
        return f"{'-' if value < 0 else ''}{whole}.{rest:05d}".rstrip("0")
    return f"about {float(value):.2f}"


def written(value: Fraction | int) -> int | str:
    """A number for files: a whole number as it is, a fraction as "29/40"."""
    value = Fraction(value)
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
