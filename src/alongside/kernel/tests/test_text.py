"""What people type is cleaned in one place."""

import pytest
from django import forms

from alongside.kernel.text import CleanTextField, TextTooLong, clean_text, first_sentences, folded, spreadsheet_safe


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        pytest.param("  Amina   Okafor ", "Amina Okafor", id="spaces"),
        pytest.param("Jose\u0301", "José", id="composed"),
        pytest.param("Ann\x00a\x07", "Anna", id="NUL and bell"),
        pytest.param("An\ud800na", "Anna", id="a lone surrogate"),
        pytest.param("Anna\u202egnp.exe", "Annagnp.exe", id="a direction override"),
        pytest.param("👩🏽\u200d🌾 Maya", "👩🏽\u200d🌾 Maya", id="emoji keep their joiner"),
        pytest.param("محمد", "محمد", id="right to left"),
        pytest.param("O'Brien", "O'Brien", id="an apostrophe"),
        pytest.param("Null", "Null", id="Null"),
        pytest.param("Ö", "Ö", id="one letter"),
        pytest.param("\u200b\u200d \u2060", "", id="nothing that can be seen"),
        pytest.param("two\nlines", "two lines", id="a line break in one line"),
    ],
)
def test_words_are_cleaned_and_names_are_respected(typed: str, clean: str) -> None:
    assert clean_text(typed, max_length=120) == clean


def test_lines_stay_where_lines_are_wanted() -> None:
    assert clean_text("one\r\n two \r three\n\n", max_length=99, lines=True) == "one\ntwo\nthree"


@pytest.mark.parametrize("length", [121, 1_000_000])
def test_what_does_not_fit_is_refused_not_cut(length: int) -> None:
    with pytest.raises(TextTooLong) as refusal:
        clean_text("a" * length, max_length=120)

    assert (refusal.value.length, refusal.value.max_length) == (length, 120)


def test_a_field_says_what_is_too_much() -> None:
    class NameForm(forms.Form):
        name = CleanTextField(max_length=5)

    form = NameForm({"name": "too long"})

    assert form.errors["name"] == ["This is too long: at most 5 characters fit, and you wrote 8."]
    assert NameForm({"name": "a\x00b"}).is_valid()
    assert not NameForm({"name": "\u200b"}).is_valid()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Zoë", "ZOE", id="accents and case"),
        pytest.param("O\u2019Brien", "o'brien", id="two apostrophes"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
        pytest.param("\uff21nna", "anna", id="wide letters"),
    ],
)
def test_folding_finds_what_people_mean(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("It is done. Say yes or no.", "It is done. Say yes or no.", id="all of it fits"),
        pytest.param("It is done.\nWithout an answer it counts as right.", "It is done.", id="a line is a sentence"),
        pytest.param("A sentence that is too long to stand here", "A sentence that is too …", id="cut between words"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_gist_is_made_of_whole_sentences(text: str, told: str) -> None:
    assert first_sentences(text, most=26) == told


@pytest.mark.parametrize("start", list("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20"))
def test_no_cell_becomes_a_formula(start: str) -> None:
    assert spreadsheet_safe(f"{start}1+1") == f"'{start}1+1"


def test_numbers_and_plain_words_pass_unchanged() -> None:
    assert [spreadsheet_safe(value) for value in (-5, "Anna", "", None)] == [-5, "Anna", "", None]
