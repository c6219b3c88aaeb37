"""What time earns, codes that are typed wrong, draws that anybody can draw again, and who came again."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.rewards.rules import codes, drawing
from alongside.rewards.rules.again import Again, Came, came_again, told
from alongside.rewards.rules.earning import CREDITED, EITHER, THERE, YEAR, Terms, Visit, earned
from alongside.rewards.rules.settling import OPEN, USED, WITHDRAWN, settled

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
BEFORE = NOON - timedelta(days=1)
FOUR = [Terms(BEFORE, 240)]
MINUTES = st.lists(st.integers(0, 900), max_size=12)


def visits(*minutes: int, start: datetime = NOON) -> list[Visit]:
    """One a day, of so many minutes there."""
    moments = [start + timedelta(days=n) for n in range(len(minutes))]
    return [Visit(at, at.date(), str(n), there) for n, (at, there) in enumerate(zip(moments, minutes, strict=True))]


def numbers(*args) -> list[int]:
    return [one.number for one in earned(*args).crossings]


@pytest.mark.parametrize(
    ("minutes", "count"),
    [
        pytest.param([239], 0, id="3 h 59 min gives none"),
        pytest.param([240], 1, id="exactly 4 h gives one"),
        pytest.param([120, 119], 0, id="two days, a minute short"),
        pytest.param([120, 120], 1, id="two days"),
        pytest.param([479], 1, id="the second needs another 4 h"),
        pytest.param([480], 2, id="8 h give two"),
    ],
)
def test_each_whole_threshold_gives_one(minutes, count):
    assert len(earned(visits(*minutes), FOUR).crossings) == count


@given(MINUTES)
def test_what_is_given_and_what_is_left_add_up_to_all_minutes(minutes):
    found = earned(visits(*minutes), FOUR)

    assert 240 * len(found.crossings) + found.towards == sum(minutes)
    assert 0 <= found.towards < 240
    assert numbers(visits(*minutes), FOUR) == list(range(1, len(found.crossings) + 1))


@given(MINUTES, st.randoms())
def test_the_order_in_which_visits_are_told_does_not_matter(minutes, random):
    told_so = visits(*minutes)
    shuffled = random.sample(told_so, len(told_so))

    assert earned(shuffled, FOUR) == earned(told_so, FOUR)


@given(MINUTES, st.integers(1, 3))
def test_nobody_has_more_than_the_most_for_one_person(minutes, at_most):
    found = earned(visits(*minutes), [Terms(BEFORE, 240, at_most=at_most)])

    assert len(found.crossings) <= at_most
    assert len(found.crossings) + found.over == sum(minutes) // 240


def test_a_new_year_begins_to_count_anew():
    december = visits(240, 240, start=datetime(2026, 12, 30, 12, tzinfo=UTC))
    january = visits(240, start=datetime(2027, 1, 2, 12, tzinfo=UTC))

    found = earned([*december, *january], [Terms(BEFORE, 240, at_most=1, per=YEAR)])

    assert [one.number for one in found.crossings] == [1, 3]


def test_new_terms_take_nothing_away_and_minutes_left_over_go_on():
    later = NOON + timedelta(hours=36)
    terms = [Terms(BEFORE, 240), Terms(later, 300)]

    found = earned(visits(300, 100, 140), terms)

    assert [(one.number, one.visit) for one in found.crossings] == [(1, "0"), (2, "2")]
    assert (found.towards, found.need) == (0, 300)


def test_time_before_it_was_agreed_and_after_it_ended_does_not_count():
    terms = [Terms(NOON + timedelta(hours=12), 240), Terms(NOON + timedelta(hours=36), None)]

    assert numbers(visits(240, 240, 240), terms) == [1]


def test_an_hour_counts_once_whichever_way_it_was_written_down():
    one = Visit(NOON, NOON.date(), "x", there=200, credited=240)

    assert [one.minutes(counts) for counts in (THERE, CREDITED, EITHER)] == [200, 240, 240]


STATES = st.sampled_from([OPEN, USED, WITHDRAWN])
THERE_ROWS = st.dictionaries(st.integers(1, 9), STATES, max_size=6)


@given(st.integers(0, 9), THERE_ROWS)
def test_afterwards_everybody_has_one_for_each_threshold_and_what_was_used_stands(count, rows):
    plan = settled(range(1, count + 1), rows.items())

    after = {**rows, **dict.fromkeys(plan.withdraw, WITHDRAWN), **dict.fromkeys((*plan.bring_back, *plan.give), OPEN)}
    states = Counter(after.values())
    assert states[USED] == Counter(rows.values())[USED]
    assert states[USED] + states[OPEN] == max(count, states[USED])
    assert not settled(range(1, count + 1), after.items())
    assert not set(plan.give) & set(rows)


def test_of_what_is_open_the_latest_is_withdrawn():
    assert settled([1], [(1, OPEN), (2, OPEN)]).withdraw == (2,)
    assert settled([1], [(1, OPEN), (2, USED)]).withdraw == (1,)
    assert settled([1, 2], [(1, OPEN), (2, WITHDRAWN)]).bring_back == (2,)


@given(st.randoms(use_true_random=True))
def test_one_wrong_letter_or_two_that_changed_places_are_noticed(random):
    code = codes.new_code(random.choice)
    place, other = random.sample(range(len(code)), 2)
    wrong = random.choice([letter for letter in codes.ALPHABET if letter != code[place]])
    assume(code[place] != code[other])
    swapped = list(code)
    swapped[place], swapped[other] = swapped[other], swapped[place]

    assert codes.read(codes.spaced(code)) == code
    assert codes.read(code[:place] + wrong + code[place + 1 :]) is None
    assert codes.read("".join(swapped)) is None


@given(st.integers(1, codes.MOST_SERIALS))
def test_a_serial_is_read_however_it_is_typed(number):
    serial = codes.new_serial(number)

    typed = codes.spaced(serial).lower().replace("0", "o").replace("1", "l").replace("-", " – ")
    assert codes.read(typed) == serial
    assert codes.is_serial(serial)
    assert int(serial[: codes.SERIAL_DIGITS]) == number


@given(st.text(max_size=12))
def test_nothing_that_is_typed_breaks_reading(text):
    found = codes.read(text)

    assert found is None or codes.is_whole(found)


ENTRIES = st.dictionaries(st.text("ACDEF2345", min_size=4, max_size=6), st.integers(0, 5), max_size=8)
NUMBER = st.text("0123456789abcdef", min_size=64, max_size=64)


def entries(told_so: dict[str, int]) -> list[drawing.Entry]:
    return [drawing.Entry(name, tickets) for name, tickets in told_so.items()]


@given(ENTRIES, NUMBER, st.integers(1, 4), st.randoms())
def test_the_order_of_entries_changes_neither_winners_nor_digest(told_so, number, prizes, random):
    rows = entries(told_so)
    shuffled = random.sample(rows, len(rows))

    assert drawing.winners(shuffled, number=number, draw="d", prizes=prizes) == drawing.winners(
        rows, number=number, draw="d", prizes=prizes
    )
    assert drawing.digest_of("d", prizes, shuffled) == drawing.digest_of("d", prizes, rows)


@given(ENTRIES, NUMBER, st.integers(1, 5))
def test_one_more_entry_leaves_the_order_of_the_others_as_it_was(told_so, number, tickets):
    assume("ZZZZ" not in told_so)
    with_one_more = drawing.ranked(entries({**told_so, "ZZZZ": tickets}), number=number, draw="d")

    assert [name for name in with_one_more if name != "ZZZZ"] == drawing.ranked(
        entries(told_so), number=number, draw="d"
    )


@given(ENTRIES, NUMBER, st.integers(1, 12))
def test_nobody_wins_twice_and_nobody_without_a_ticket(told_so, number, prizes):
    found = drawing.winners(entries(told_so), number=number, draw="d", prizes=prizes)
    with_tickets = {name for name, tickets in told_so.items() if tickets}

    assert len(found) == len(set(found)) == min(prizes, len(with_tickets))
    assert set(found) <= with_tickets


def test_over_many_numbers_twice_the_tickets_win_twice_as_often():
    rows = [drawing.Entry("ANA", 2), drawing.Entry("BEN", 1)]

    won = Counter(drawing.winners(rows, number=f"{n:064x}", draw="d", prizes=1)[0] for n in range(3000))

    assert won["ANA"] == pytest.approx(2000, abs=120)


def test_a_changed_entry_or_winner_is_noticed():
    rows = entries({"ANA": 1, "BEN": 3})
    told_so = {
        "draw": "d", "prizes": 1, "number": "a" * 64, "digest": drawing.digest_of("d", 1, rows),
        "winners": drawing.winners(rows, number="a" * 64, draw="d", prizes=1),
    }  # fmt: skip

    assert drawing.faults_of(told_so, rows) == []
    assert len(drawing.faults_of({**told_so, "winners": ["EVE"]}, rows)) == 1
    assert drawing.faults_of(told_so, [*rows, drawing.Entry("EVE", 5)])


def test_the_round_of_a_moment_is_the_first_that_is_made_then_or_after():
    first = drawing.GENESIS

    assert [drawing.round_at(first + timedelta(seconds=n)) for n in (0, 1, 3, 4)] == [1, 2, 2, 3]
    assert drawing.made_at(drawing.round_at(NOON)) >= NOON > drawing.made_at(drawing.round_at(NOON) - 1)


TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("came", "rewarded", "sums"),
    [
        pytest.param([TODAY], [], Again(1, not_again=1), id="the day itself is not again"),
        pytest.param([date(2026, 9, 3)], [], Again(1, without=1), id="the last day of six months"),
        pytest.param([date(2026, 9, 4)], [], Again(1, not_again=1), id="a day too late"),
        pytest.param([date(2026, 4, 1)], [date(2026, 4, 1)], Again(1, with_reward=1), id="for another reward"),
    ],
)
def test_who_came_again_without_a_reward_within_six_months(came, rewarded, sums):
    assert came_again([Came(TODAY, came, rewarded)], on=date(2027, 1, 1)) == sums


def test_whose_six_months_go_on_is_not_judged_yet():
    assert came_again([Came(TODAY, [])], on=date(2026, 9, 3)) == Again(running=1)


@given(st.tuples(*[st.integers(0, 12)] * 3))
def test_no_hidden_figure_of_the_report_can_be_reckoned_from_the_others(parts):
    shown = told(Again(sum(parts), *parts), fewest=5)

    figures = (shown.without, shown.with_reward, shown.not_again)
    for figure, count in zip(figures, parts, strict=True):
        assert figure in (None, count)
        assert figure is None or not 0 < figure < 5
    assert figures.count(None) != 1
    hidden = sum(count for figure, count in zip(figures, parts, strict=True) if figure is None)
    assert shown.people is None or figures.count(None) == 0 or hidden >= 2
