"""What people write about a gathering, read as figures: "Cook 6", "every second week"."""

import re
from datetime import date

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONCE, WEEKLY, FORTNIGHTLY, BY_WEEKDAY, BY_DATE, DAILY, YEARLY, OWN = (
    "once", "weekly", "fortnightly", "by_weekday", "by_date", "daily", "yearly", "own",
)  # fmt: skip
MOST_LINES, MOST_OF_A_KIND, MOST_LETTERS = 12, 500, 80

_LINE = re.compile(r"^(?P<name>.*?)[\s:×x*-]*(?P<size>\d{1,4})?$", re.IGNORECASE)


class LinesDoNotFit(ValueError):
    """A line that names nothing or too much; `line` is it."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def read_lines(text: str) -> list[tuple[str, int | None]]:
    """One thing a line, with how many of it there are; None without a number. Raises LinesDoNotFit."""
    found: list[tuple[str, int | None]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.match(line)
        name = match["name"].strip() if match else ""
        size = int(match["size"]) if match and match["size"] else None
        known = name.casefold() in {other.casefold() for other, _size in found}
        if not name or known or len(name) > MOST_LETTERS or size == 0 or (size or 0) > MOST_OF_A_KIND:
            raise LinesDoNotFit(line)
        found.append((name, size))
    if len(found) > MOST_LINES:
        raise LinesDoNotFit(found[MOST_LINES][0])
    return found


def written_lines(rows: list[tuple[str, int | None]]) -> str:
    """The same, as `read_lines` reads it."""
    return "\n".join(name if size is None else f"{name} {size}" for name, size in rows)


def rule_for(kind: str, first_day: date, until: date | None) -> str:
    """The rule of RFC 5545 for a kind of repeating, from its first day on; "" for once."""
    weekday, nth = WEEKDAYS[first_day.weekday()], (first_day.day - 1) // 7 + 1
    rules = {
        ONCE: "",
        DAILY: "FREQ=DAILY",
        WEEKLY: "FREQ=WEEKLY",
        FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        # Of the fifth in a month there are few: the last is meant.
        BY_WEEKDAY: f"FREQ=MONTHLY;BYDAY={-1 if nth == 5 else nth}{weekday}",
        BY_DATE: "FREQ=MONTHLY",
        YEARLY: "FREQ=YEARLY",
    }
    rule = rules[kind]
    return f"{rule};UNTIL={until:%Y%m%d}" if rule and until else rule


def kind_of(rrule: str, first_day: date) -> str:
    """Which kind of repeating a rule is; OWN for one that only a program can write."""
    plain = ";".join(part for part in rrule.split(";") if not part.startswith(("UNTIL=", "WKST=")))
    return next((kind for kind in (*_KINDS, ONCE) if rule_for(kind, first_day, None) == plain), OWN)


_KINDS = (WEEKLY, FORTNIGHTLY, BY_WEEKDAY, BY_DATE, DAILY, YEARLY)
