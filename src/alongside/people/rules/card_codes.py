"""The short code on a printed sign-in card, and the PIN that goes with it."""

import secrets
import unicodedata
from collections.abc import Callable
from itertools import pairwise

# No 0 or O, 1, I or L, no U (heard as "you" on the telephone): 30 letters and digits.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN = 7
PIN_LENGTH = 6
SHORTEST_PIN = 4
LONGEST_PIN = 12
# Spaces, dots and every kind of hyphen and dash.
_GAPS = " .\t-\u2010\u2011\u2012\u2013\u2014"


def new_code(draw: Callable[[str], str] = secrets.choice) -> str:
    """Draw a card code: seven letters (34 bits) and a check letter."""
    drawn = "".join(draw(LETTERS) for _ in range(DRAWN))
    return drawn + check_letter(drawn)


def check_letter(drawn: str) -> str:
    """The letter that finds a mistyped letter or two neighbors swapped.

    Source: the Luhn mod N algorithm, N = 30, which finds every single mistyped letter
    and nearly every swap of neighbors.
    """
    total = 0
    for place, letter in enumerate(reversed(drawn)):
        doubled = LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += doubled // len(LETTERS) + doubled % len(LETTERS)
    return LETTERS[-total % len(LETTERS)]


def read_code(text: str) -> str | None:
    """What a person typed as a card code: capital letters, no gaps; None when it cannot be one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(letter for letter in plain if letter not in _GAPS)
    if len(code) != DRAWN + 1 or any(letter not in LETTERS for letter in code):
        return None
    return code if check_letter(code[:-1]) == code[-1] else None


def spaced(code: str) -> str:
    """The code as it is printed and read aloud: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def new_pin(draw: Callable[[str], str] = secrets.choice) -> str:
    """Draw a PIN of six digits that is not too easy to guess."""
    while True:
        pin = "".join(draw("0123456789") for _ in range(PIN_LENGTH))
        if not is_easy_to_guess(pin):
            return pin


def is_easy_to_guess(pin: str) -> bool:
    """True for one digit repeated, a run up or down, a pair repeated, and years of birth."""
    if len(set(pin)) == 1:
        return True
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({1}, {9}):
        return True
    if len(pin) % 2 == 0 and pin == pin[:2] * (len(pin) // 2):
        return True
    return len(pin) == 4 and pin[:2] in {"19", "20"}


def is_a_pin(pin: str) -> bool:
    """Four to twelve digits, and none of the first that anybody would try."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        return False
    return not is_easy_to_guess(pin)
