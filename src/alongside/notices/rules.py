"""How notices travel: which way, how often to try, and what a subject line may hold. No Django."""

import unicodedata
from datetime import timedelta

# Waits after the first, second, … failed try; after the last one the e-mail counts as not sent.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)

# What was news four weeks ago has been talked over or is over: nobody need be called about it.
FRESH = timedelta(days=28)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed tries (1 or more); None when it is time to give up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def way_out(*, preferred: str, can_sign_in: bool, email: str, phone: str, address: str) -> str | None:
    """The way a notice leaves the house; None when reading it on this site is enough.

    `preferred`: in_app, email, text, phone or letter. A preference that cannot be met falls back
    on what can: e-mail, phone, letter, and at last a word in person. Reading on this site is
    only enough for people who have a way to sign in.
    """
    if preferred == "in_app" and can_sign_in:
        return None
    possible = {"email": email, "text": phone, "phone": phone, "letter": address}
    if possible.get(preferred):
        return preferred
    return next((way for way in ("email", "phone", "letter") if possible[way]), "in_person")


def one_line(text: str, *, longest: int = 160) -> str:
    """Make text fit for a subject line: one line, no control characters, at most `longest` letters."""
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} else c for c in text)
    line = " ".join(spaced.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def clean(text: str) -> str:
    """Text without the characters that no database or printer takes; line breaks become plain ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
