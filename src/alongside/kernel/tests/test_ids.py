"""Ids that are made one after the other."""

import time
from uuid import RFC_4122

from alongside.kernel.ids import new_id


def test_ids_are_version_7_and_carry_their_millisecond():
    before, made, after = time.time_ns(), new_id(), time.time_ns()

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before // 1_000_000 <= made.int >> 80 <= after // 1_000_000


def test_ids_made_later_sort_later_even_within_a_millisecond():
    made = [new_id() for _ in range(2000)]

    assert len({each.int >> 80 for each in made}) < 1000
    assert made == sorted(made)
