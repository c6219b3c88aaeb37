"""Small tables as CSV files, with no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.text import slugify

from alongside.kernel.text import spreadsheet_safe


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows, the first with the headings, as a download called after `name`.

    The mark at its beginning (BOM) lets spreadsheet programs read names in every script.
    """
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "hours"}.csv"'
    out = csv.writer(response)
    for row in rows:
        out.writerow(["" if cell is None else spreadsheet_safe(cell) for cell in row])
    return response
