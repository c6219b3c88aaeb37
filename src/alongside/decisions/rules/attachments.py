"""Which files may stand beside a proposal: told by what they hold, never by what they are called."""

MOST_BYTES = 5_000_000
MOST_SOURCES = 20
_BEGIN: dict[bytes, str] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def media_type_of(data: bytes) -> str:
    """The media type of a PDF, PNG, JPEG or plain text in UTF-8; "" for everything else, and for nothing."""
    for begin, media_type in _BEGIN.items():
        if data.startswith(begin):
            return media_type
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "text/plain" if text.strip() and "\x00" not in text else ""
