"""Every list of a community as a file for spreadsheets: CSV and XLSX, with no cell a spreadsheet would run."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from alongside.interop.rules.tables import write_csv
from alongside.kernel.hours import format_hours
from alongside.kernel.text import spreadsheet_safe
from alongside.people.models import Community, Group, Household, Membership, Organisation
from alongside.strengths.models import Exchange, Listing
from alongside.timebank.models import Account, Category, Transfer

Row = Sequence[object]
Words = str | Promise


@dataclass(frozen=True)
class ListOf:
    """A list: its name in addresses, its title, who may take it, its columns and its rows."""

    name: str
    title: Words
    permission: str
    header: Sequence[Words]
    rows: Callable[[Community], Iterable[Row]]


def _members(community: Community) -> Iterable[Row]:
    for each in Membership.objects.of(community).current().select_related("person").order_by("number"):
        person = each.person
        yield (
            each.number, person.name, each.joined_on, person.email or person.unproved_email, person.phone,
            person.other_phone, person.address, person.born_on, person.get_gender_display(),
            person.get_language_display(), person.get_preferred_channel_display(), each.area,
        )  # fmt: skip


def _listings(community: Community) -> Iterable[Row]:
    for each in Listing.objects.of(community).with_people().order_by("made_at", "id"):
        yield (
            each.get_kind_display(), each.title, each.description, each.category.name,
            each.membership.number, str(each.person), each.made_at, each.open_until, each.closed_at,
        )  # fmt: skip


def _exchanges(community: Community) -> Iterable[Row]:
    for each in Exchange.objects.of(community).with_sides().order_by("made_at", "id"):
        yield (
            each.helped_on, str(each.giver), str(each.receiver), format_hours(each.minutes), each.minutes,
            each.category.name, each.get_state_display(),
        )  # fmt: skip


def _transfers(community: Community) -> Iterable[Row]:
    for each in Transfer.objects.of(community).with_people().order_by("posted_at", "id"):
        note = getattr(each, "note", None)
        yield (
            str(each.pk), each.posted_at, each.helped_on, each.get_kind_display(), str(each.payer), str(each.payee),
            format_hours(each.minutes), each.minutes, each.category.name if each.category else "",
            each.get_channel_display(), note.note if note else "", str(each.reverses_id or ""),
        )  # fmt: skip


def _accounts(community: Community) -> Iterable[Row]:
    for each in Account.objects.of(community).with_holders().with_balance().order_by("opened_at", "id"):
        yield (
            str(each), each.get_kind_display(), format_hours(each.exact_minutes), each.exact_minutes,
            each.held_minutes, each.floor_minutes, each.ceiling_minutes, each.opened_at, each.closed_at,
        )  # fmt: skip


def _categories(community: Community) -> Iterable[Row]:
    for each in Category.objects.of(community).in_order():
        yield each.name, each.division, each.get_division_display(), each.archived_at


def _bodies(community: Community) -> Iterable[Row]:
    for kind, model in ((_("group"), Group), (_("organisation"), Organisation), (_("household"), Household)):
        for body in model.objects.of(community).order_by("name").prefetch_related("members__membership__person"):
            for place in body.members.all():
                yield kind, body.name, place.membership.number, str(place.membership.person), place.get_part_display()


BOOKS = "interop.take_lists"
PEOPLE = "interop.take_people"
_ALL = (
    ListOf(
        "members", _("Members"), PEOPLE,
        (
            _("number"), _("name"), _("joined"), _("e-mail"), _("phone"), _("other phone"), _("postal address"),
            _("date of birth"), _("gender"), _("language"), _("how to reach"), _("part of town"),
        ),
        _members,
    ),
    ListOf(
        "groups", _("Groups, organisations and households"), PEOPLE,
        (_("kind"), _("name"), _("number"), _("member"), _("part")),
        _bodies,
    ),
    ListOf(
        "listings", _("Offers and requests"), PEOPLE,
        (
            _("kind"), _("title"), _("more about it"), _("category"), _("number"), _("member"), _("made"),
            _("open until"), _("closed on"),
        ),
        _listings,
    ),
    ListOf(
        "exchanges", _("Exchanges"), PEOPLE,
        (_("day of help"), _("who helped"), _("who was helped"), _("hours"), _("minutes"), _("category"), _("state")),
        _exchanges,
    ),
    ListOf(
        "transfers", _("Transfers of hours"), BOOKS,
        (
            _("id"), _("posted"), _("day of help"), _("kind"), pgettext_lazy("whose hours", "from"),
            pgettext_lazy("whose hours", "to"), _("hours"), _("minutes"),
            _("category"), _("how it reached us"), _("note"), _("reverses"),
        ),
        _transfers,
    ),
    ListOf(
        "accounts", _("Accounts and balances"), BOOKS,
        (
            _("account"), _("kind"), _("balance"), _("balance in minutes"), _("held minutes"),
            _("lowest in minutes"), _("highest in minutes"), _("opened on"), _("closed on"),
        ),
        _accounts,
    ),
    ListOf(
        "categories", _("Categories"), BOOKS,
        (_("name"), _("division number"), _("division"), _("put away")),
        _categories,
    ),
)  # fmt: skip
LISTS = {each.name: each for each in _ALL}


def as_csv(wanted: ListOf, community: Community) -> HttpResponse:
    """The list as CSV in UTF-8; moments in the community's own time, without a zone."""
    rows = ([_cell(cell) for cell in row] for row in wanted.rows(community))
    text = write_csv([str(title) for title in wanted.header], rows)
    return _file(text.encode(), "text/csv; charset=utf-8", wanted, community, "csv")


def as_xlsx(wanted: ListOf, community: Community) -> HttpResponse:
    """The list as an Excel workbook of one sheet, with the header in bold and frozen."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=str(wanted.title)[:31])
    sheet.freeze_panes = "A2"
    header = [WriteOnlyCell(sheet, value=str(title)) for title in wanted.header]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in wanted.rows(community):
        sheet.append([_cell(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(out.getvalue(), kind, wanted, community, "xlsx")


# What no workbook can hold: one such letter in anybody's words would break the whole file.
_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
FORMS = {"csv": as_csv, "xlsx": as_xlsx}


def _cell(cell: object) -> object:
    """What a spreadsheet can hold, and will not run: moments lose their zone after being brought to the
    community's time.
    """
    if isinstance(cell, datetime):
        return localtime(cell).replace(tzinfo=None, microsecond=0)
    text = str(cell) if isinstance(cell, Promise) else cell
    return spreadsheet_safe(_NOT_IN_XML.sub("", text) if isinstance(text, str) else text)


def _file(data: bytes, kind: str, wanted: ListOf, community: Community, ending: str) -> HttpResponse:
    name = f"{slugify(community.slug)}-{wanted.name}.{ending}"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
