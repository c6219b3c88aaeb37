"""Whom a broker means: by number, by name, by telephone number."""

import pytest

from alongside.strengths.models.finding import find_members
from alongside.strengths.tests.factories import neighbor, town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("12", ["Amina Yusuf"], id="a member number"),
        pytest.param("#12 Amina Yusuf", ["Amina Yusuf"], id="as a suggestion puts it"),
        pytest.param("amina", ["Amina Yusuf"], id="part of a name"),
        pytest.param("0131 496 0102", ["Amina Yusuf"], id="a telephone number, as dialled here"),
        pytest.param("4960102", ["Amina Yusuf"], id="its end"),
        pytest.param("0000000", [], id="nothing but zeros"),
        pytest.param("", [], id="nothing at all"),
    ],
)
def test_a_box_means_the_people_it_says(text, found):
    place = town()
    neighbor(place, "Amina Yusuf", number=12, phone="(0131) 496-0102")
    neighbor(place, "Ben", number=47, phone="0700 900 123")

    assert [member.person.name for member in find_members(place, text, by_phone=True)] == found


def test_only_coordinators_find_people_by_telephone_number():
    place = town()
    neighbor(place, "Amina", number=12, phone="0131 496 0102")

    assert not find_members(place, "0131 496 0102", by_phone=False).exists()
