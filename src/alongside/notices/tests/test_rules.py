"""Which way a notice goes, how often it is tried, and what a subject line may hold."""

import pytest

from alongside.notices import rules

EVERYTHING = {"email": "a@example.org", "phone": "0117 1", "address": "1 Maple Street"}
NOTHING = {"email": "", "phone": "", "address": ""}


@pytest.mark.parametrize(
    ("preferred", "can_sign_in", "reach", "way"),
    [
        pytest.param("in_app", True, EVERYTHING, None, id="reads it here"),
        pytest.param("in_app", False, EVERYTHING, "email", id="never signed in, has e-mail"),
        pytest.param("in_app", False, NOTHING, "in_person", id="a name only"),
        pytest.param("email", True, EVERYTHING, "email", id="e-mail"),
        pytest.param("email", True, NOTHING | {"phone": "1"}, "phone", id="e-mail without address, by phone"),
        pytest.param("text", True, EVERYTHING, "text", id="text message"),
        pytest.param("letter", True, EVERYTHING, "letter", id="letter"),
        pytest.param("letter", True, NOTHING | {"phone": "1"}, "phone", id="letter without address, by phone"),
        pytest.param("phone", False, NOTHING | {"address": "1 A"}, "letter", id="phone without number, by letter"),
        pytest.param("phone", True, NOTHING, "in_person", id="phone, and nothing known"),
    ],
)
def test_a_notice_goes_the_way_a_person_prefers_or_the_next_that_works(
    preferred: str, can_sign_in: bool, reach: dict[str, str], way: str | None
) -> None:
    assert rules.way_out(preferred=preferred, can_sign_in=can_sign_in, **reach) == way


def test_waits_grow_and_come_to_an_end() -> None:
    waits = [rules.wait_after(attempts) for attempts in range(1, 8)]

    known = [wait for wait in waits if wait]
    assert known == sorted(known)
    assert len(known) == 6
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        pytest.param("Hello\r\nBcc: all@example.org", "Hello Bcc: all@example.org", id="a header smuggled in"),
        pytest.param("a\x00b\x85c\u2028d\ud800e", "a b c d e", id="characters no header takes"),
        pytest.param("  Zoë \t & Ahmad أحمد 🌻 ", "Zoë & Ahmad أحمد 🌻", id="letters of any script stay"),
        pytest.param("x" * 200, "x" * 159 + "…", id="too long"),
    ],
)
def test_a_subject_is_one_harmless_line(typed: str, line: str) -> None:
    assert rules.one_line(typed) == line


def test_a_body_keeps_its_lines_and_loses_what_no_printer_takes() -> None:
    assert rules.clean("one\r\ntwo\rthree\x00\x07\ud800 \n") == "one\ntwo\nthree"
