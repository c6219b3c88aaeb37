"""Sums of looking back: scored as published, and hidden wherever a difference would tell of a few."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from alongside.programs.rules import given, reach, saying, self_check

FEWEST = 5
ENTRIES = st.lists(
    st.builds(
        given.Given,
        st.sampled_from(list(given.KINDS)),
        st.booleans(),
        st.integers(1, 500),
        st.one_of(st.none(), st.integers(1, 9)),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("answer", "total", "band"),
    [(1, 20, "much is still to come"), (3, 60, "well on the way"), (5, 100, "going strong")],
)
def test_twenty_like_answers_make_the_published_total(answer, total, band):
    assert self_check.total(dict.fromkeys(self_check.KEYS, answer)) == total
    assert self_check.band(total) == band


@pytest.mark.parametrize(("score", "band"), [(39.9, 3), (40, 2), (59, 2), (60, 1), (79, 1), (80, 0)])
def test_a_band_begins_at_its_lowest_total(score, band):
    assert self_check.band(score) == self_check.BANDS[band][1]


def test_there_are_four_statements_for_each_of_five_values():
    assert [len(items) for items in self_check.ITEMS.values()] == [4] * 5
    assert len(set(self_check.KEYS)) == 20


@for_all(st.lists(st.integers(1, 5), max_size=23))
def test_one_more_answer_changes_the_picture_only_at_a_full_five(answers):
    forms = [dict.fromkeys(self_check.KEYS, each) for each in answers]
    seen = self_check.seen(forms, step=FEWEST)
    full = len(forms) - len(forms) % FEWEST

    if seen is None:
        assert len(forms) < FEWEST
    else:
        assert (seen.n, seen.waiting) == (full, len(forms) - full)
        at_the_step = self_check.seen(forms[:full], step=FEWEST)
        assert at_the_step is not None
        assert (seen.total, seen.values) == (at_the_step.total, at_the_step.values)


def _people(entries):
    return {each.who for each in entries if each.who is not None}


@for_all(ENTRIES)
def test_no_sum_shown_and_no_difference_of_two_tells_of_a_few(entries):
    table = given.summed(entries, fewest=FEWEST)
    left = []
    for row in table.rows:
        hidden = []
        for pay, shown in ((False, row.unpaid), (True, row.paid)):
            cell = [each for each in entries if each.kind == row.kind and each.is_paid is pay]
            if shown.minutes is None:
                hidden += cell
            else:
                assert not 0 < len(_people(cell)) < FEWEST
        if row.both.minutes is None:
            left += hidden
        else:
            assert not 0 < len(_people(hidden)) < FEWEST
    if table.all.minutes is not None:
        assert not 0 < len(_people(left)) < FEWEST
        assert table.all.minutes == sum(each.minutes for each in entries)


@for_all(st.dictionaries(st.sampled_from(["uses", "provides", "kin", "keeps"]), st.integers(0, 30)))
def test_a_single_small_side_never_stands_alone_among_those_shown(sides):
    shown = reach.shown(sides, fewest=FEWEST)
    hidden = [side for side, count in shown.items() if count is None]

    assert all(count is None or count >= FEWEST for count in shown.values())
    assert len(hidden) != 1 or len(shown) == 1


def test_say_of_a_small_side_is_not_counted_out():
    deeds = [saying.Deed(n, "uses", "d", took_part=n < 3, authored=n == 0, adopted=True) for n in range(5)]
    deeds += [saying.Deed(9, "provides", "d", took_part=True, authored=True, adopted=True)]

    assert saying.by_side(deeds, fewest=FEWEST) == {"provides": None, "uses": saying.SideSaid(5, 3, 1, 1)}
