"""What people, broken programs and ill-meaning strangers send."""

# Comes alive in a page that forgets to escape it.
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"

TEXTS = {
    "markup": MARKUP,
    "apostrophe": "O'Brien",
    "the word null": "Null",
    "one letter": "X",
    "emoji": "👩🏽‍🌾🌻",
    "right to left": "أمينة \u202e gnorw yaw \u202c شارع",
    "combining marks": "Z" + "\u0323\u0308\u0301" * 20 + "oe",
    "invisible": "\u200b\u200d\ufeff\u00ad",
    "nul": "a\x00b",
    "lone surrogate": "half \ud83d word",
    "braces": "{{ settings.SECRET_KEY }} {% debug %} %(name)s {0}",
    "formula": '=HYPERLINK("http://example.org")',
    "line breaks": "one\r\nBcc: all@example.org\r\n\r\ntwo",
    "a megabyte": "m" * 1_000_000,
}
# What a database may refuse to keep, or an index to hold; all other words are as good to one as to another.
HOPELESS_FOR_A_DATABASE = {label: TEXTS[label] for label in ("nul", "lone surrogate", "a megabyte")}
# Hopeless: no field of the kind can read it. Extreme: it can be read, and then must be judged.
HOPELESS = {
    "hours": ["0", "-1", "0.1+0.2", "1e9", "NaN", "Infinity", "1:75", "-0:30", "0x10", "\x00"],
    "date": ["2025-02-29", "2026-13-01", "25:00", "tomorrow", "NaN", "\x00"],
    "number": ["-1", "1e9", "NaN", "1.5", "9" * 30, "\x00"],
    "choice": ["no such choice", "\x00", "00000000-0000-7000-8000-000000000000"],
    "email": ["nobody", "a@b", "a@\x00.org", "nina@example.org\nBcc: all@example.org"],
}
EXTREME = {
    "hours": ["1,5", "90 min", "25:00", "9" * 15, "\uff11:\uff13\uff10"],
    "date": ["0001-01-01", "2028-02-29", "2100-01-01", "9999-12-31"],
    "number": ["0", "1000000", "٣"],
    "hidden": ["", "not a key", "\x00", "00000000-0000-0000-0000-000000000000", "9" * 30],
}
