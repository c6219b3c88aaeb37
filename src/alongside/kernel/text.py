"""Words that people type: cleaned the same way everywhere, and made safe for spreadsheets."""

import re
import unicodedata
from textwrap import shorten
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from alongside.kernel.errors import Refusal

# Marks that turn the direction of the words around them and so can disguise a name.
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u0060\u00b4"), "'")
# The last four are the wide forms, which some programs read as the first four.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# One visible letter may be many code points; beyond this factor nobody is typing a text any more.
_CODE_POINTS_A_LETTER = 8


class TextTooLong(Refusal):
    """The text has `length` characters; `max_length` fit."""

    def __init__(self, *, length: int, max_length: int) -> None:
        super().__init__(f"{length} characters, at most {max_length} fit")
        self.length = length
        self.max_length = max_length


def clean_text(text: str, *, max_length: int, lines: bool = False) -> str:
    """Return what a person meant to type: composed (NFC), without control characters, trimmed.

    White space becomes single spaces; with `lines`, line breaks stay. Letters of every script
    and emoji are kept. Text of nothing but invisible characters becomes "".
    Raises TextTooLong when more than `max_length` characters remain.
    """
    if len(text) > max_length * _CODE_POINTS_A_LETTER:
        raise TextTooLong(length=len(text), max_length=max_length)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(_readable(letter) for letter in composed)
    parts = kept.split("\n") if lines else [kept]
    clean = "\n".join(re.sub(r"\s+", " ", part).strip() for part in parts).strip()
    if not any(_is_visible(letter) for letter in clean):
        return ""
    if len(clean) > max_length:
        raise TextTooLong(length=len(clean), max_length=max_length)
    return clean


def _readable(letter: str) -> str:
    if letter in "\n\t":
        return letter
    category = unicodedata.category(letter)
    if category in {"Cc", "Cs", "Cn"} or letter in _DIRECTION_OVERRIDES:
        return ""
    return " " if category in {"Zl", "Zp"} else letter


def _is_visible(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Mn", "Me"}


def folded(text: str) -> str:
    """Return `text` for comparing and searching: no accents, no case, no invisible marks.

    "Zoë O'Brien" and "ZOE O`BRIEN" fold to the same words.
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    plain = "".join(letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf", "Cc"})
    return re.sub(r"\s+", " ", plain).strip()


def first_sentences(text: str, *, most: int) -> str:
    """Return the whole sentences at the start of `text` that fit into `most` characters.

    A first sentence that is too long alone is cut between two words and ends with "…".
    """
    told = ""
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", text.strip()):
        longer = f"{told} {sentence}".strip()
        if len(longer) > most:
            break
        told = longer
    return told or shorten(text, width=most, placeholder=" …")


def spreadsheet_safe(value: Any) -> Any:
    """Return a cell that no spreadsheet program takes for a formula; numbers pass unchanged.

    Source: OWASP, CSV Injection.
    """
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


class CleanTextField(forms.CharField):
    """A form field whose value has been through `clean_text`; `max_length` is required."""

    def __init__(self, *, max_length: int, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return clean_text(str(value or ""), max_length=self.max_length or 0, lines=self.lines)
        except TextTooLong as refusal:
            raise ValidationError(
                ngettext(
                    "This is too long: at most %(most)s character fits, and you wrote %(wrote)s.",
                    "This is too long: at most %(most)s characters fit, and you wrote %(wrote)s.",
                    refusal.max_length,
                ),
                code="too_long",
                params={"most": refusal.max_length, "wrote": refusal.length},
            ) from None
