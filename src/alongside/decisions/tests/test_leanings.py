"""Where the sides lean is counted side by side, and never added up across them."""

import pytest

from alongside.decisions.rules.leanings import Common, Leaning, Stand, common_ground, leanings


def test_each_side_is_counted_by_itself():
    stands = [
        Stand("uses", "helps"),
        Stand("uses", "worries", stale=True),
        Stand("provides", "unsure"),
        Stand("", "helps"),
    ]

    assert leanings(stands) == {
        "uses": Leaning(helps=1, worries=1, stale=1),
        "provides": Leaning(unsure=1),
        "": Leaning(helps=1),
    }


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        pytest.param(Leaning(), Leaning(), Common.NOBODY, id="nobody has spoken"),
        pytest.param(Leaning(helps=3), Leaning(), Common.ONE_SIDE, id="one side has not spoken"),
        pytest.param(Leaning(helps=3), Leaning(helps=1), Common.HELPS, id="it helps on both sides"),
        pytest.param(Leaning(helps=30), Leaning(worries=1), Common.APART, id="thirty do not outvote one"),
        pytest.param(Leaning(unsure=2), Leaning(worries=1), Common.WORRIES, id="nobody is helped"),
    ],
)
def test_what_two_sides_have_in_common(one: Leaning, other: Leaning, common: Common):
    assert common_ground(one, other) == common
    assert common_ground(other, one) == common
