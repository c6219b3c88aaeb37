"""The pages of moving in, and lists as files, from a browser's side."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from alongside.interop.lists import LISTS
from alongside.interop.models import Import, ImportFile
from alongside.interop.tests.test_moving_in import MEMBERS, TRANSFERS, a_time_bank, balances, move, town_category
from alongside.kernel.clock import now
from alongside.kernel.models import Activity, Progress
from alongside.kernel.progress import do_work
from alongside.people.models import Membership
from alongside.people.tests.factories import NOON, browser_of, coordinator_in, person_in
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

pytestmark = pytest.mark.django_db


def upload(browser, town, **files):
    sent = {name: SimpleUploadedFile(f"{name}.csv", data) for name, data in files.items()}
    return browser.post(reverse("interop:moving_in", args=[town.slug]), sent, follow=True)


def let_the_worker_finish(language="en"):
    for progress in Progress.objects.filter(state=Progress.State.WAITING):
        do_work.func(str(progress.pk), language)


def test_a_coordinator_uploads_looks_says_yes_and_takes_it_back():
    town = a_time_bank()
    browser = browser_of(coordinator_in(town))

    page = upload(browser, town, members=MEMBERS, transfers=TRANSFERS)
    made = Import.objects.get()
    assert "Move everything in" in page.content.decode()
    assert not Transfer.objects.exists()

    watched = browser.post(reverse("interop:move_in", args=[town.slug, made.pk]), follow=True)
    assert "You may leave this page" in watched.content.decode()
    let_the_worker_finish()
    assert balances(town) == {"Ana Puig": -120, "Ben Li": 90}

    browser.post(reverse("interop:undo_import", args=[town.slug, made.pk]))
    let_the_worker_finish()
    assert set(balances(town).values()) == {0}


def test_files_that_nobody_says_yes_to_do_not_pile_up():
    town = a_time_bank()
    browser = browser_of(coordinator_in(town))

    pages = [upload(browser, town, members=MEMBERS).content.decode() for _ in range(6)]

    assert ["Five moves wait" in page for page in pages] == [False] * 5 + [True]
    assert ImportFile.objects.count() == 5


def test_rows_with_errors_are_listed_by_line_and_must_be_left_behind_on_purpose():
    town = a_time_bank()
    browser = browser_of(coordinator_in(town))

    page = upload(browser, town, members=MEMBERS + b"3,2024-02-30,Eve,,,1,,,,\n").content.decode()

    assert "this is not a date" in page
    assert "2024-02-30" in page
    made = Import.objects.get()
    browser.post(reverse("interop:move_in", args=[town.slug, made.pk]))
    let_the_worker_finish()
    assert Progress.objects.get().words == "1 row cannot be read, so nothing was moved in."
    browser.post(reverse("interop:move_in", args=[town.slug, made.pk]), {"without_errors": "yes"})
    let_the_worker_finish()
    assert Membership.objects.of(town).filter(person__name="Ben Li").exists()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param({}, "Choose at least one file.", id="nothing chosen"),
        pytest.param({"members": b"\n "}, "This file is empty.", id="an empty file"),
        pytest.param({"posts": b"PK\x03\x04\x00\x00"}, "This file holds characters no text has.", id="a zip"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(files, told):
    town = a_time_bank()

    page = upload(browser_of(coordinator_in(town)), town, **files).content.decode()

    assert told in page
    assert "Something is missing or cannot be read" in page
    assert not Import.objects.exists()


def test_an_account_closed_since_keeps_an_import_from_being_taken_back_and_the_page_says_why():
    town = a_time_bank()
    cora = coordinator_in(town)
    moved = move(town, members=MEMBERS, transfers=TRANSFERS)
    ana, ben = Account.objects.of(town).filter(kind=Account.Kind.PERSON).order_by("balance_minutes")
    for account in (ana, ben):
        timebank.set_limits(account=account, by=None, at=now(), floor_minutes=None)
    timebank.pay(
        payer=ben,
        payee=ana,
        minutes=90,
        category=town_category(town),
        helped_on=NOON.date(),
        by=None,
        at=now(),
        key="x",
    )
    timebank.close_account(account=ben, by=None, at=now())

    browser = browser_of(cora)
    browser.post(reverse("interop:undo_import", args=[town.slug, moved.pk]))
    let_the_worker_finish()

    assert Progress.objects.get().words == "Somebody's account was closed since. Open it again, then try once more."
    assert Import.objects.get().state == Import.State.MOVED_IN


def test_an_import_of_another_community_does_not_exist_here():
    maple, elm = a_time_bank(), a_time_bank("Elm Street")
    moved = move(maple, members=MEMBERS)
    browser = browser_of(coordinator_in(elm))

    for name in ("interop:move_in", "interop:undo_import", "interop:drop_import"):
        assert browser.post(reverse(name, args=[elm.slug, moved.pk])).status_code == 404
    assert browser.get(reverse("interop:import", args=[elm.slug, moved.pk])).status_code == 404
    assert not Progress.objects.exists()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_as_csv_and_as_a_workbook_with_the_same_rows(name):
    town = a_time_bank()
    browser = browser_of(coordinator_in(town))
    move(town, members=MEMBERS, transfers=TRANSFERS)

    csv = browser.post(reverse("interop:list_file", args=[town.slug, name, "csv"])).content.decode("utf-8-sig")
    xlsx = browser.post(reverse("interop:list_file", args=[town.slug, name, "xlsx"])).content

    sheet = load_workbook(BytesIO(xlsx)).worksheets[0]
    assert sheet.max_row == len(csv.splitlines())
    assert [cell.value for cell in sheet[1]] == csv.splitlines()[0].split(",")


def test_a_name_that_is_a_formula_stays_text_in_both_files():
    town = a_time_bank()
    browser = browser_of(coordinator_in(town))
    person_in(town, "=HYPERLINK(1)")

    csv = browser.post(reverse("interop:list_file", args=[town.slug, "members", "csv"])).content.decode()
    xlsx = browser.post(reverse("interop:list_file", args=[town.slug, "members", "xlsx"])).content

    assert "'=HYPERLINK(1)" in csv
    names = [row[1] for row in load_workbook(BytesIO(xlsx)).worksheets[0].iter_rows(values_only=True)]
    assert "'=HYPERLINK(1)" in names


def test_a_letter_that_no_workbook_holds_breaks_none():
    town = a_time_bank()
    browser = browser_of(coordinator_in(town))
    Membership.objects.of(town).update(area="Hill\x0b \uffffside")

    book = browser.post(reverse("interop:list_file", args=[town.slug, "members", "xlsx"]))

    assert load_workbook(BytesIO(book.content)).worksheets[0]["L2"].value == "Hill side"


def test_a_steward_may_take_the_books_and_not_the_people():
    town = a_time_bank()
    steward = browser_of(person_in(town, "Stella", roles=["steward"]))

    assert steward.post(reverse("interop:list_file", args=[town.slug, "accounts", "csv"])).status_code == 200
    assert steward.post(reverse("interop:list_file", args=[town.slug, "members", "csv"])).status_code == 403
    assert "members.csv" not in steward.get(reverse("interop:lists", args=[town.slug])).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_who_takes_a_list_out_is_written_down(form: str):
    town = a_time_bank()
    cora = coordinator_in(town)
    address = reverse("interop:list_file", args=[town.slug, "members", form])

    assert browser_of(cora).get(address).status_code == 405
    assert not Activity.objects.filter(did="interop.members_taken_out").exists()
    assert browser_of(cora).post(address).status_code == 200

    entry = Activity.objects.get(did="interop.members_taken_out")
    assert (entry.by_id, entry.community_id) == (cora.person_id, town.pk)
