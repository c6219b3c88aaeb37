"""What changed between two texts is told word by word, loses nothing and takes no time."""

import time

from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions.rules.comparing import Compared, Kind, Piece, Tally, compare, tally
from alongside.decisions.rules.paragraphs import paragraphs

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED

WORDS = st.lists(
    st.sampled_from(["bus", "goes", "at", "ten.", "the", "Amina's", "\n", "\n\n", "día", ","]), max_size=40
)


def told(old: str, new: str) -> list[list[tuple[Kind, str]]]:
    return [[(piece.kind, piece.text) for piece in paragraph.pieces] for paragraph in compare(old, new)]


def words_of(compared: list[Compared], *kinds: Kind) -> list[str]:
    return " ".join(piece.text for paragraph in compared for piece in paragraph.pieces if piece.kind in kinds).split()


def test_one_word_for_another_is_one_change():
    assert told("We meet on Mondays at the library.", "We meet on Tuesdays at the library.") == [
        [(SAME, "We meet on "), (REMOVED, "Mondays "), (ADDED, "Tuesdays "), (SAME, "at the library.")]
    ]


def test_a_single_word_between_two_changes_belongs_to_them():
    assert told("We meet and eat on warm days here.", "We sing and dance on warm days here.") == [
        [(SAME, "We "), (REMOVED, "meet and eat "), (ADDED, "sing and dance "), (SAME, "on warm days here.")]
    ]


def test_a_new_paragraph_and_one_taken_out_are_told_whole():
    old = "Lunch is free.\n\nThe hall is heated.\n\nThanks."
    new = "Lunch is free.\n\nEverybody may bring a guest.\n\nThanks."

    assert told(old, new) == [
        [(SAME, "Lunch is free.")],
        [(REMOVED, "The hall is heated.")],
        [(ADDED, "Everybody may bring a guest.")],
        [(SAME, "Thanks.")],
    ]
    assert [paragraph.kind for paragraph in compare(old, new)] == ["same", "removed", "added", "same"]


def test_white_space_alone_is_no_change():
    assert [paragraph.kind for paragraph in compare("One  two\nthree", "One two\nthree ")] == ["same", "same"]


def test_words_put_in_and_taken_out_are_counted():
    assert tally(compare("The bus goes at ten.", "The small bus goes at half past ten.")) == Tally(added=3, removed=0)


def test_nothing_becomes_something():
    assert compare("", "") == []
    assert compare("", "New.") == [Compared((Piece(ADDED, "New."),))]


@given(WORDS, WORDS)
def test_no_word_is_lost_and_none_invented(old: list[str], new: list[str]):
    before, after = " ".join(old), " ".join(new)

    compared = compare(before, after)

    squeezed = ["".join(words_of(compared, SAME, kind)) for kind in (REMOVED, ADDED)]
    assert sorted(squeezed[0]) == sorted("".join(before.split()))
    assert squeezed[1] == "".join(after.split())


def test_a_text_that_says_the_same_word_a_thousand_times_takes_no_time():
    old, new = "a x " * 2500, "a y " * 2500
    began = time.monotonic()

    compared = compare(old, new)

    assert time.monotonic() - began < 2
    assert tally(compared) == Tally(added=5000, removed=5000)


def test_the_worst_text_that_is_still_compared_word_by_word_is_quick_enough():
    old = " ".join(f"a x{count}" for count in range(140))
    new = " ".join(f"a y{count}" for count in range(140))
    began = time.monotonic()

    compare(old, new)

    assert time.monotonic() - began < 5


def test_a_text_of_thousands_of_one_letter_lines_takes_no_time():
    old, new = "\n".join("ab" * 2500), "\n".join("cd" * 2500)
    began = time.monotonic()

    compare(old, new)

    assert time.monotonic() - began < 2


def test_a_word_stands_apart_from_its_marks_and_a_number_does_not_break():
    assert told("It costs (1.5 hours).", "It costs (2.5 hours).") == [
        [(SAME, "It costs ("), (REMOVED, "1.5 "), (ADDED, "2.5 "), (SAME, "hours).")]
    ]


def test_empty_lines_set_paragraphs_apart_and_without_them_every_line_does():
    assert paragraphs("One\ntwo\n\nThree\n \nFour") == ["One\ntwo", "Three", "Four"]
    assert paragraphs("One\ntwo") == ["One", "two"]
    assert paragraphs("  \n\n ") == []
