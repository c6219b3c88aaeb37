"""Do two records look like one human being?"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

_PHONE_DIGITS = 9  # the end of a number, the same with and without its country code
_PHONE_LEAST = 6


class Likeness(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    BIRTH = "birth"


@dataclass(frozen=True)
class Traits:
    """What is compared. Empty strings and None say nothing."""

    name: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    born_on: date | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        return name_words(self.name)

    @cached_property
    def phone_keys(self) -> frozenset[str]:
        return frozenset(key for phone in self.phones if (key := phone_key(phone)))


def name_words(name: str) -> frozenset[str]:
    """The words of a name without case, accents, punctuation and order."""
    plain = name.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf"})
    return frozenset(re.findall(r"\w+", re.sub(r"['\u2019\u02bc`]", "", plain)))


def phone_key(phone: str) -> str:
    """The last nine digits of a number; "" when there are too few to tell people apart."""
    digits = "".join(str(unicodedata.digit(letter)) for letter in phone if letter.isdecimal())
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_LEAST else ""


def likeness(one: Traits, other: Traits) -> frozenset[Likeness]:
    """In what two records agree, when that is enough to look again; else nothing.

    Enough: the same e-mail, the same phone, or the same name. Names agree when all words of the
    shorter are in the longer, and one word matches only one word. Two different dates of birth
    are two people, whatever their names and phones: parents and children share both.
    """
    found = set()
    if one.email and one.email.casefold() == other.email.casefold():
        found.add(Likeness.EMAIL)
    if one.born_on and other.born_on and one.born_on != other.born_on:
        return frozenset(found)
    if one.phone_keys & other.phone_keys:
        found.add(Likeness.PHONE)
    if _names_agree(one.words, other.words):
        found.add(Likeness.NAME)
    if found and one.born_on and one.born_on == other.born_on:
        found.add(Likeness.BIRTH)
    return frozenset(found)


def _names_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return False
    if len(shorter) == 1:
        return shorter == longer
    return shorter <= longer
