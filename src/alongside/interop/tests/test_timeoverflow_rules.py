"""TimeOverflow's files, read by position and refused by row."""

import pytest

from alongside.interop.rules import tables
from alongside.interop.rules.timeoverflow import RowError, read_members, read_posts, read_transfers, whole_minutes

ANA = ["12", "2024-07-26", "Ana", "Puig", "Ferrer", "1", "1942-12-09", "0638794285", "", "ana@example.org"]
AN_HOUR = ["12", "member", "5007", "organization", "3600", "2025-02-16 11:45:00", "thanks!", ""]


def with_cell(cells, position, text):
    return [*cells[:position], text, *cells[position + 1 :]]


def errors_of(read):
    return [(error.column, error.why) for error in read.errors]


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        pytest.param(3600, 60, id="a whole hour stays"),
        pytest.param(3629, 60, id="under half a minute goes down"),
        pytest.param(3630, 60, id="a half goes to the even minute below"),
        pytest.param(3690, 62, id="a half goes to the even minute above"),
        pytest.param(3631, 61, id="over half a minute goes up"),
        pytest.param(1, 1, id="a second is never nothing"),
    ],
)
def test_seconds_become_the_nearest_whole_minute(seconds, minutes):
    assert whole_minutes(seconds) == minutes


def test_a_members_row_is_read_by_position_and_surnames_are_joined():
    read = read_members([(1, ANA)])

    (ana,) = read.rows
    assert (ana.uid, ana.name, ana.gender, str(ana.born_on)) == ("12", "Ana Puig Ferrer", "female", "1942-12-09")
    assert read.errors == []


@pytest.mark.parametrize(
    ("position", "text", "column", "why"),
    [
        pytest.param(0, "x1", "member_uid", "not_a_member_number", id="a uid that is no number"),
        pytest.param(0, "9" * 40, "member_uid", "not_a_member_number", id="a uid no database could hold"),
        pytest.param(1, "2023-02-29", "entry_date", "not_a_date", id="29 February in a common year"),
        pytest.param(1, "soon", "entry_date", "not_a_date", id="a word for a date"),
        pytest.param(5, "7", "gender", "not_1_to_4", id="a gender TimeOverflow does not have"),
        pytest.param(9, "no address", "email", "not_an_address", id="an e-mail that is none"),
        pytest.param(7, "0" * 41, "phone", "too_long", id="a phone longer than any"),
    ],
)
def test_a_bad_cell_of_a_member_is_named(position, text, column, why):
    assert errors_of(read_members([(1, with_cell(ANA, position, text))])) == [(column, why)]


def test_a_name_nobody_can_see_is_none():
    nobody = [*ANA[:2], "\u200b", "\u2060", "", *ANA[5:]]

    assert errors_of(read_members([(1, nobody)])) == [("name", "missing")]


def test_words_that_could_not_be_kept_are_errors_of_their_rows():
    members = read_members([
        (1, ["3", "", "\ufdd0\ufdd0", "", "", "1", "", "", "", ""]),
        (2, ["4", "", "\u0958" * 120, "", "", "1", "", "", "", ""]),
    ])  # fmt: skip
    posts = read_posts([(1, ["3", "Offer", "Bread", "", "9" * 300, "2025-05-07", "", ""])])

    assert [(error.column, error.why) for error in [*members.errors, *posts.errors]] == [
        ("name", "missing"), ("name", "too_long"), ("category_id", "too_long"),
    ]  # fmt: skip


def test_control_characters_are_left_behind_and_line_breaks_kept():
    post = ["12", "Offer", "Bread\x0b", "From\x1f our\r\noven", "3", "2024-05-07 10:00:00", "", ""]

    (bread,) = read_posts([(1, post)]).rows

    assert (bread.title, bread.description) == ("Bread", "From our\noven")


def test_a_second_row_with_the_same_number_or_address_is_refused_and_the_first_kept():
    ben = with_cell(with_cell(ANA, 0, "13"), 2, "Ben")

    read = read_members([(1, ANA), (2, ANA), (3, ben)])

    assert [member.line for member in read.rows] == [1]
    assert read.errors == [
        RowError(2, "member_uid", "repeated", "12"),
        RowError(3, "email", "repeated", "ana@example.org"),
    ]


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        pytest.param("0", "out_of_range", id="nothing"),
        pytest.param("-60", "not_whole_seconds", id="less than nothing"),
        pytest.param("1e9", "not_whole_seconds", id="an exponent"),
        pytest.param("0.5", "not_whole_seconds", id="half a second"),
        pytest.param("NaN", "not_whole_seconds", id="not a number"),
        pytest.param("٣٦٠٠", "not_whole_seconds", id="digits of another script"),
        pytest.param("9" * 30, "out_of_range", id="longer than any life"),
    ],
)
def test_an_amount_that_is_not_positive_whole_seconds_is_refused(amount, why):
    assert errors_of(read_transfers([(1, with_cell(AN_HOUR, 4, amount))])) == [("amount", why)]


def test_the_organisation_is_nobody_and_cannot_pay_itself():
    read = read_transfers([(1, AN_HOUR), (2, ["5007", "organization", "5007", "organization", *AN_HOUR[4:]])])

    assert (read.rows[0].payer_uid, read.rows[0].payee_uid) == ("12", None)
    assert errors_of(read) == [("destination", "same_as_source")]


def test_identical_rows_count_by_occurrence_and_the_same_file_gives_the_same_rows():
    once = [row.fingerprint for row in read_transfers([(1, AN_HOUR), (2, AN_HOUR)]).rows]
    again = [row.fingerprint for row in read_transfers([(1, AN_HOUR), (2, AN_HOUR)]).rows]

    assert once == again
    assert once[0] != once[1]


def test_a_row_with_too_few_columns_is_an_error_and_the_rest_is_read():
    read = read_transfers([(1, AN_HOUR[:5]), (2, AN_HOUR)])

    assert read.errors == [RowError(1, "row", "wrong_number_of_columns", "5")]
    assert len(read.rows) == 1


def test_a_post_that_ends_before_it_starts_is_refused():
    post = ["12", "Offer", "Bread", "", "3", "2024-05-07 10:00:00", "2024-05-07", "2024-05-06"]

    assert errors_of(read_posts([(1, post)])) == [("end_on", "before_start")]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("1,Öz\n".encode(), id="UTF-8"),
        pytest.param("\ufeff1,Öz\n".encode(), id="UTF-8 with a mark"),
        pytest.param("1,Öz\n".encode("utf-16"), id="UTF-16"),
        pytest.param("1,Öz\n".encode("cp1252"), id="Windows-1252"),
        pytest.param("1;Öz\r\n".encode(), id="semicolons"),
    ],
)
def test_a_table_is_read_whatever_wrote_it(data):
    assert list(tables.read_rows(data)) == [(1, ["1", "Öz"])]


def test_line_numbers_are_those_of_a_text_editor_even_after_a_quoted_line_break():
    assert [line for line, _ in tables.read_rows(b'1,"a\nb"\n\n2,c\n')] == [1, 4]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b" \n", "empty", id="empty"),
        pytest.param(b"1,\x00\n", "has_nul", id="NUL"),
        pytest.param(b'1,"open\n', "broken_quotes", id="a quote never closed"),
        pytest.param(b"1\n" * 50_001, "too_many_rows", id="one row too many"),
        pytest.param(b"\x81\x8d\x8f", "not_text", id="not text"),
    ],
)
def test_what_is_not_a_table_is_refused_with_the_reason(data, why):
    with pytest.raises(tables.NotATable) as refusal:
        list(tables.read_rows(data))

    assert refusal.value.why == why


def test_a_written_table_has_its_header_first_and_is_known_for_utf_8():
    written = tables.write_csv(["name"], [["Zoë, our baker"], [-1]])

    assert written == '\ufeffname\r\n"Zoë, our baker"\r\n-1\r\n'
