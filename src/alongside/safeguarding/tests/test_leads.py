"""Leads are named by a steward for a time; no role makes anybody one, and nobody names themself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.actions import cards
from alongside.people.models import Role
from alongside.people.tests.factories import NOON, TODAY, child_in, person_in, standing_for
from alongside.people.tests.signing_in import card_of, sign_in_by_card
from alongside.safeguarding import actions
from alongside.safeguarding.models import Lead
from alongside.safeguarding.permissions import is_lead
from alongside.safeguarding.tests.scenes import Street, street

pytestmark = pytest.mark.django_db
NEXT_YEAR = TODAY + timedelta(days=365)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr("alongside.safeguarding.permissions.today", lambda: TODAY)
    return street()


def test_no_role_makes_anybody_a_lead(here: Street):
    everything = person_in(here.town, "Evan", roles=list(Role))

    assert not is_lead(standing_for(everything))
    assert is_lead(standing_for(here.lea))


def test_nobody_names_themself_and_nobody_young_is_named(here: Street):
    with pytest.raises(actions.NamesThemself):
        actions.name_lead(membership=here.stella, ends_on=NEXT_YEAR, by=here.stella.person, at=NOON)
    with pytest.raises(actions.LeadTooYoung):
        actions.name_lead(membership=child_in(here.town, "Kit"), ends_on=NEXT_YEAR, by=here.stella.person, at=NOON)
    with pytest.raises(actions.TimeIsOff):
        actions.name_lead(membership=here.ana, ends_on=TODAY - timedelta(days=1), by=here.stella.person, at=NOON)


def test_a_lead_is_named_once_and_the_others_hear_of_it(here: Street):
    actions.name_lead(membership=here.ana, ends_on=NEXT_YEAR, by=here.stella.person, at=NOON)

    with pytest.raises(actions.LeadsAlready):
        actions.name_lead(membership=here.ana, ends_on=NEXT_YEAR, by=here.stella.person, at=NOON)
    told = Notice.objects.filter(body__startswith="Ana").values_list("person__name", flat=True)
    assert set(told) == {"Ana", "Lea", "Lars"}


def test_a_lead_ends_by_its_last_day_by_hand_or_by_leaving(here: Street):
    lea, lars = Lead.objects.of(here.town).by_name().filter(person__in=[here.lea.person, here.lars.person])[::-1]
    assert {lead.person.name for lead in Lead.objects.here(here.town, on=lea.ends_on)} == {"Lea", "Lars"}
    assert not Lead.objects.here(here.town, on=lea.ends_on + timedelta(days=1)).exists()

    actions.end_lead(lead=lea, by=here.stella.person, at=NOON)
    people.leave_community(membership=here.lars, by=here.lars.person, at=NOON)

    assert not Lead.objects.here(here.town, on=TODAY).exists()
    with pytest.raises(SomeoneElseWasFaster):
        actions.end_lead(lead=lea, by=here.stella.person, at=NOON)
    with pytest.raises(SomeoneElseWasFaster):
        actions.end_lead(lead=lars, by=here.stella.person, at=NOON)


def test_who_joins_a_leads_record_to_their_own_gains_nothing(here: Street):
    """A coordinator could write down a second record of themself, have it named, and merge the two."""
    second = person_in(here.town, "Cora again")
    actions.name_lead(membership=second, ends_on=NEXT_YEAR, by=here.stella.person, at=NOON)

    kept = people.merge_members(one=here.cora, other=second, by=here.cora.person, at=NOON)

    assert not is_lead(standing_for(kept))


def test_no_card_that_a_coordinator_prints_opens_what_leads_alone_see(here: Street):
    printed = card_of(here.ana)
    coordinator, fresh = Client(), Client()
    sign_in_by_card(coordinator, printed)
    pairs = reverse("safeguarding:apart", args=[here.town.slug])

    actions.name_lead(membership=here.ana, ends_on=NEXT_YEAR, by=here.stella.person, at=NOON)
    sign_in_by_card(fresh, printed)

    assert [browser.get(pairs).status_code for browser in (coordinator, fresh)] == [302, 302]
    with pytest.raises(cards.CardNotForThem):
        card_of(here.lea)
