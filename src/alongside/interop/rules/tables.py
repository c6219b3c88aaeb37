"""From the bytes of a table file to rows of text, whatever wrote it; and back."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from alongside.kernel.errors import Refusal

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000


class NotATable(Refusal):
    """The bytes are not a readable table; `why` is one of the words below.

    empty, too_big, too_many_rows, not_text, has_nul, broken_quotes
    """

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why
        # Which of several files, where the caller knows.
        self.file = ""


def decode(data: bytes) -> str:
    """Turn file bytes into text: UTF-8 (with or without mark), UTF-16 with its mark, or Windows-1252.

    Raises NotATable when empty, larger than `MOST_BYTES`, or not text at all.
    """
    if not data.strip():
        raise NotATable(why="empty")
    if len(data) > MOST_BYTES:
        raise NotATable(why="too_big")
    for encoding in ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise NotATable(why="has_nul")
        return text
    raise NotATable(why="not_text")


def delimiter_of(text: str) -> str:
    """The separator of the first line: semicolon where there are more of them than commas, else comma."""
    first_line = text.lstrip().split("\n", 1)[0]
    return ";" if first_line.count(";") > first_line.count(",") else ","


def read_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) for each row that is not blank; the first line is number 1.

    The number is that of the row's first line, as a text editor shows it; quoted cells may hold
    line breaks. Raises NotATable (see `decode`), also after `MOST_ROWS` rows and on broken quotes.
    """
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    rows, starts_at = 0, 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows += 1
                if rows > MOST_ROWS:
                    raise NotATable(why="too_many_rows")
                yield starts_at, cells
            starts_at = reader.line_num + 1
    except csv.Error:
        raise NotATable(why="broken_quotes") from None


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text with the header first; begins with a byte order mark so that Excel reads UTF-8.

    Cells are written as they come: make them safe from formulas before.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
