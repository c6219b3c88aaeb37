"""What others were told of a person who is erased."""

import pytest

from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.tests.factories import NOON, community, people_in

pytestmark = pytest.mark.django_db
KIND = kinds.register("tests.erased", label="When somebody is erased").name


def test_the_name_of_somebody_erased_leaves_the_notices_of_others() -> None:
    town = community()
    al, alma = people_in(town, "Al", "Alma")
    notices.tell(
        person=alma.person, community=town, kind=KIND, title="Al helped you", body="Al helped Alma. Also Al’s dog.",
        at=NOON,
    )  # fmt: skip

    people.erase_person(person=al.person, by=al.person, at=NOON)

    told = Notice.objects.of(town).get(person=alma.person)
    assert told.title == "Former member helped you"
    assert told.body == "Former member helped Alma. Also Former member’s dog."
