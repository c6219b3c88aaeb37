"""What readers' reasons mean, in words for people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WHY_NOT_A_TABLE: dict[str, str | Promise] = {
    "empty": _("This file is empty."),
    "too_big": _("This file is larger than 20 MB. Split it and upload the parts one by one."),
    "too_many_rows": _("This file has more than 50,000 rows. Split it and upload the parts one by one."),
    "not_text": _("This is not a text file. Save it as CSV and try again."),
    "has_nul": _("This file holds characters no text has. Save it as CSV and try again."),
    "broken_quotes": _("A quotation mark is opened and never closed. Check the file and try again."),
}

TOO_MANY_WAITING = _("Five moves wait for a yes or no already. Move them in or forget their files first.")

WHY_NOT_A_CELL: dict[str, str | Promise] = {
    "wrong_number_of_columns": _("this row does not have the right number of columns"),
    "missing": _("this is empty"),
    "too_long": _("this is too long"),
    "repeated": _("an earlier row has the same"),
    "not_a_member_number": _("this is not a member number"),
    "not_1_to_4": _("this must be 1, 2, 3 or 4"),
    "not_an_address": _("this is not an e-mail address"),
    "not_a_date": _("this is not a date"),
    "in_the_future": _("this day has not come yet"),
    "not_offer_or_inquiry": _("this must be Offer or Inquiry"),
    "before_start": _("the end lies before the start"),
    "same_as_source": _("hours cannot go from somebody to themselves"),
    "not_whole_seconds": _("this is not a whole number of seconds"),
    "out_of_range": _("this must be between 1 second and 10,000 hours"),
    "no_such_member": _("no member has this number"),
}

FILES: dict[str, str | Promise] = {
    "members": _("Members"),
    "posts": _("Offers and inquiries"),
    "transfers": _("Transfers"),
}

COLUMNS: dict[str, str | Promise] = {
    "row": _("the row"),
    "name": _("name"),
    "member_uid": _("member number"),
    "user_id": _("member number"),
    "entry_date": _("entry date"),
    "gender": _("gender"),
    "date_of_birth": _("date of birth"),
    "phone": _("phone"),
    "alt_phone": _("other phone"),
    "email": _("e-mail"),
    "type": _("type"),
    "title": _("title"),
    "category_id": _("category"),
    "created_at": _("date made"),
    "start_on": _("first day"),
    "end_on": _("last day"),
    "source": _("source"),
    "destination": _("destination"),
    "amount": _("amount"),
}


def error_rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The errors of a report as the preview lists them: file, line, column, what is wrong, what stood there."""
    return [
        {
            "file": FILES[error["file"]],
            "line": error["line"],
            "column": COLUMNS[error["column"]],
            "why": WHY_NOT_A_CELL[error["why"]],
            "text": error["text"],
        }
        for error in report["errors"]
    ]


def error_line(error: dict[str, Any]) -> str:
    """One error as a sentence, for the command line."""
    return gettext("%(file)s, line %(line)s, %(column)s: %(why)s (%(text)s)") % error
