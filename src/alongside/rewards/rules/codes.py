"""Codes and serials that people read out, write down and type in.

Every one ends with a check letter: the places, counted from 1, weigh the letters, and the sum is 0 modulo 31. As 31 is
prime, one wrong letter and two letters that changed places are always found, in whatever places they stand.
"""

import secrets
import unicodedata
from collections.abc import Callable

# 31 letters: no I, L, O or U, and no B, which looks like 8.
ALPHABET = "0123456789ACDEFGHJKMNPQRSTVWXYZ"
# What is drawn at random has no 0 and no 1 either.
_DRAWN_FROM = ALPHABET[2:]
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "B": "8"})
# Spaces, dots and every kind of hyphen and dash.
_GAPS = " .\t-\u2010\u2011\u2012\u2013\u2014"
CODE_DRAWN, ENTRY_DRAWN, SERIAL_DRAWN = 7, 5, 3
SERIAL_DIGITS = 5
MOST_SERIALS = 10**SERIAL_DIGITS - 1
Draw = Callable[[str], str]


def new_code(draw: Draw = secrets.choice) -> str:
    """A code for something earned: seven letters drawn, 34 bits, and a check letter."""
    return checked("".join(draw(_DRAWN_FROM) for _ in range(CODE_DRAWN)))


def new_entry(draw: Draw = secrets.choice) -> str:
    """A name for an entry in a draw that tells nobody whose it is."""
    return checked("".join(draw(_DRAWN_FROM) for _ in range(ENTRY_DRAWN)))


def new_serial(number: int, draw: Draw = secrets.choice) -> str:
    """A serial for paper: the number, so that none is missing, three letters nobody can guess, and a check letter."""
    if not 1 <= number <= MOST_SERIALS:
        raise ValueError(number)
    return checked(f"{number:0{SERIAL_DIGITS}d}" + "".join(draw(_DRAWN_FROM) for _ in range(SERIAL_DRAWN)))


def checked(text: str) -> str:
    """The letters and their check letter."""
    rest = -_weighed(text) % len(ALPHABET)
    # The check letter stands at place n + 1 and weighs as much: divide by that, modulo 31.
    return text + ALPHABET[rest * pow(len(text) + 1, -1, len(ALPHABET)) % len(ALPHABET)]


def is_whole(text: str) -> bool:
    """Every letter is one of ours, and the check letter fits."""
    return bool(text) and set(text) <= set(ALPHABET) and _weighed(text) % len(ALPHABET) == 0


def _weighed(text: str) -> int:
    return sum(place * ALPHABET.index(letter) for place, letter in enumerate(text, start=1))


def read(text: str) -> str | None:
    """What somebody typed, as a code or a serial: capital letters without gaps; None when it cannot be one."""
    plain = unicodedata.normalize("NFKC", text[:80]).upper().translate(_READ_AS)
    found = "".join(letter for letter in plain if letter not in _GAPS)
    if len(found) not in (CODE_DRAWN + 1, SERIAL_DIGITS + SERIAL_DRAWN + 1):
        return None
    return found if is_whole(found) else None


def is_serial(found: str) -> bool:
    """Is what was read a serial, not a code?"""
    return len(found) == SERIAL_DIGITS + SERIAL_DRAWN + 1


def spaced(text: str) -> str:
    """As it is printed and read out: a serial after its number, a code in the middle."""
    half = SERIAL_DIGITS if is_serial(text) else (len(text) + 1) // 2
    return f"{text[:half]}-{text[half:]}"
