"""Small drawings made from data, as SVG without style attributes."""

from hashlib import blake2b

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

# Soft shapes behind initials; drawn in a square of 48, colored by the style sheet.
_SHAPES = (
    '<path d="M0 48V30c12-8 20 6 32-2 8-5 12-6 16-4v24z"/>',
    '<circle cx="38" cy="10" r="16"/>',
    '<path d="M0 0h22L0 22zM48 48H26l22-22z"/>',
    '<path d="M0 36a24 24 0 0 1 48 0v12H0z"/>',
    '<circle cx="8" cy="40" r="14"/><circle cx="42" cy="6" r="9"/>',
    '<path d="M48 0v48C30 44 24 34 26 22S36 4 48 0z"/>',
)
_TONES = ("leaf", "clay", "sky", "sun", "berry", "moss")
_BACKGROUNDS = tuple(
    f'<svg class="face tone-{tone}" viewBox="0 0 48 48" aria-hidden="true">'
    f'<rect width="48" height="48"/><g>{shape}</g><text x="24" y="25">'
    for tone in _TONES
    for shape in _SHAPES
)


def initials(name: str) -> str:
    """One or two letters that stand for a name, in any script: "Amina Diallo" → "AD"."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "·"
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def face_svg(key: object, name: str) -> SafeString:
    """The picture of a person without a photo: initials on a soft shape chosen by `key`."""
    digest = blake2b(str(key).encode(), digest_size=2).digest()
    background = _BACKGROUNDS[int.from_bytes(digest) % len(_BACKGROUNDS)]
    return SafeString(f"{background}{escape(initials(name))}</text></svg>")


def balance_svg(given: int, received: int) -> SafeString:
    """Hours given (solid, pointing out) and received (open, pointing in) around a middle line.

    Both in minutes, 0 or more; the larger one reaches the edge.
    """
    longest = max(given, received, 1)
    return format_html(
        '<svg class="balance-bar" viewBox="0 0 600 36" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="balance-track" d="M8 18H592"/>{}{}<path class="balance-middle" d="M300 2V34"/></svg>',
        _given_arrow(round(given / longest * 292)),
        _received_arrow(round(received / longest * 292)),
    )


def _given_arrow(length: int) -> SafeString:
    if not length:
        return SafeString("")
    tip = min(12, length)
    return format_html(
        '<path class="balance-given" d="M300 6H{}L{} 18L{} 30H300z"/>',
        300 - length + tip,
        300 - length,
        300 - length + tip,
    )


def _received_arrow(length: int) -> SafeString:
    if not length:
        return SafeString("")
    end, notch = 300 + length, min(12, length)
    return format_html('<path class="balance-received" d="M300 6H{}L{} 18L{} 30H300z"/>', end, end - notch, end)
