"""Strengths: written down a page at a time or all at once, and shown to whom the person chose."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kernel.models import Activity
from alongside.people.tests.factories import browser_of
from alongside.strengths.models import Strength, StrengthsProfile
from alongside.strengths.tests.factories import NOON, neighbor, town

pytestmark = pytest.mark.django_db


def page(name, owner, *more):
    return reverse(f"strengths:{name}", args=[owner.membership.community.slug, owner.membership.pk, *more])


def test_one_section_is_saved_and_leads_to_the_next():
    amina = neighbor(town(), "Amina")
    client = browser_of(amina.membership)

    answer = client.post(
        page("edit_section", amina, "skill"),
        {"skill-pictures": ["skill-cooking", "skill-music"], "skill-words": "Calligraphy\n\n  Chess  "},
    )

    assert answer["Location"] == page("edit_section", amina, "lived")
    assert [str(one) for one in Strength.objects.all()] == ["Calligraphy", "Chess", "Cooking", "Music"]


def test_nothing_is_compulsory():
    amina = neighbor(town(), "Amina")

    answer = browser_of(amina.membership).post(page("edit_section", amina, "lived"), {})

    assert answer.status_code == 302


def test_a_picture_of_another_section_is_refused():
    amina = neighbor(town(), "Amina")

    answer = browser_of(amina.membership).post(page("edit_section", amina, "tool"), {"tool-pictures": "skill-cooking"})

    assert answer.status_code == 200
    assert not Strength.objects.exists()


def test_members_see_a_profile_once_its_owner_says_so():
    place = town()
    amina, ben = neighbor(place, "Amina"), neighbor(place, "Ben")
    owner, reader = browser_of(amina.membership), browser_of(ben.membership)
    owner.post(page("edit_section", amina, "skill"), {"skill-words": "Calligraphy"})
    before = reader.get(page("profile", amina)).status_code

    owner.post(page("edit_section", amina, "shown"), {"shown_to": "members"})

    after = reader.get(page("profile", amina))
    assert (before, after.status_code) == (403, 200)
    assert "Calligraphy" in after.content.decode()


def test_a_coordinator_writes_strengths_down_on_one_page_for_somebody_else():
    place = town()
    edith, cora = neighbor(place, "Edith"), neighbor(place, "Cora", broker=True)

    browser_of(cora.membership).post(
        page("edit_profile", edith), {"skill-words": "Darning", "learn-words": "E-mail", "shown_to": "members"}
    )

    entry = Activity.objects.get(did="strengths.described")
    assert (entry.by_id, entry.on_behalf_of_id) == (cora.person.pk, edith.person.pk)
    assert {str(one) for one in Strength.objects.all()} == {"Darning", "E-mail"}


def test_the_database_wants_a_picture_or_words():
    amina = neighbor(town(), "Amina")
    place = amina.membership.community
    profile = StrengthsProfile.objects.create(community=place, membership=amina.membership, changed_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Strength.objects.create(community=place, profile=profile, section="skill", place=0)
