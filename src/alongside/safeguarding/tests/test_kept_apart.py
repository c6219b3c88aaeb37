"""Pairs are written by leads alone, avoided by planners in silence, and go with either of the two."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, JobRun, UndoOffer
from alongside.notices.models import Delivery, Notice
from alongside.people import actions as people
from alongside.people.models import Membership, Person
from alongside.people.tests.factories import NOON, TODAY, community, person_in
from alongside.safeguarding import actions, apart
from alongside.safeguarding.models import Check, KeptApart, Lead, PutTogether, Together
from alongside.safeguarding.tasks import compare
from alongside.safeguarding.tests.scenes import Street, come_together, kept_apart, kind_in, seen, street

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def here() -> Street:
    return street()


def ids(*people: Membership) -> frozenset[UUID]:
    return frozenset(person.person_id for person in people)


def test_nobody_but_a_lead_writes_a_pair_whatever_else_they_are(here: Street):
    for other in (here.cora, here.stella, here.ana):
        with pytest.raises(actions.NotALead):
            kept_apart(here, here.ana, here.ben, by=other.person)
    assert not KeptApart.objects.exists()


def test_who_leads_no_longer_writes_no_more(here: Street):
    pair = kept_apart(here, here.ana, here.ben)
    actions.end_lead(lead=Lead.objects.get(person=here.lea.person), by=here.stella.person, at=NOON)

    with pytest.raises(actions.NotALead):
        actions.end_apart(pair=pair, by=here.lea.person, at=NOON)


def test_a_lead_of_elsewhere_is_none_here(here: Street):
    elsewhere = street("Elsewhere")

    with pytest.raises(actions.NotALead):
        kept_apart(here, here.ana, here.ben, by=elsewhere.lea.person)


def test_a_pair_is_of_two_and_stands_once(here: Street):
    kept_apart(here, here.ana, here.ben)

    with pytest.raises(actions.ApartAlready):
        kept_apart(here, here.ben, here.ana)
    with pytest.raises(actions.OnePersonTwice):
        kept_apart(here, here.ana, here.ana)


def test_a_lead_neither_writes_nor_ends_a_pair_of_their_own(here: Street):
    with pytest.raises(actions.AboutYourself):
        kept_apart(here, here.lea, here.ben)
    about_lea = kept_apart(here, here.lea, here.ben, by=here.lars.person)

    with pytest.raises(SomeoneElseWasFaster):
        actions.end_apart(pair=about_lea, by=here.lea.person, at=NOON)
    assert list(KeptApart.objects.of(here.town).without(here.lea.person)) == []


def test_planners_get_the_pairs_that_hold_among_those_they_ask_about(here: Street):
    kept_apart(here, here.ana, here.ben, until=TODAY + timedelta(days=7))
    everybody = [here.ana.person_id, here.ben.person_id, here.cora.person_id]

    def found(people: list[UUID], days: int) -> set[frozenset[UUID]]:
        return apart.conflicts(people, community=here.town, on=TODAY + timedelta(days=days))

    assert found(everybody, 0) == found(everybody, 7) == {ids(here.ana, here.ben)}
    assert found(everybody, 8) == found(everybody, -1) == found(everybody[1:], 0) == set()
    assert apart.conflicts(everybody, community=community("Elsewhere"), on=TODAY) == set()


def test_a_pair_that_ended_is_avoided_no_more_and_can_be_written_anew(here: Street):
    pair = kept_apart(here, here.ana, here.ben)
    actions.end_apart(pair=pair, by=here.lars.person, at=NOON)

    assert apart.conflicts(ids(here.ana, here.ben), community=here.town, on=TODAY) == set()
    with pytest.raises(SomeoneElseWasFaster):
        actions.end_apart(pair=pair, by=here.lea.person, at=NOON)
    again = kept_apart(here, here.ana, here.ben, until=TODAY)
    later = kept_apart(here, here.ana, here.ben, at=NOON + timedelta(days=2))
    assert len({pair.pk, again.pk, later.pk}) == 3


def test_only_what_is_over_is_forgotten_with_its_reason(here: Street):
    pair = kept_apart(here, here.ana, here.ben)
    with pytest.raises(SomeoneElseWasFaster):
        actions.forget_apart(pair=pair, by=here.lea.person, at=NOON)
    actions.end_apart(pair=pair, by=here.lea.person, at=NOON)

    actions.forget_apart(pair=pair, by=here.lea.person, at=NOON)

    assert not KeptApart.objects.exists()


def test_what_a_lead_does_names_nobody_else_in_the_log(here: Street):
    before = set(Activity.objects.values_list("pk", flat=True))

    pair = kept_apart(here, here.ana, here.ben)
    actions.end_apart(pair=pair, by=here.lars.person, at=NOON)
    actions.forget_apart(pair=pair, by=here.lars.person, at=NOON)

    entries = Activity.objects.exclude(pk__in=before)
    assert {(each.did, each.community_id, each.on_behalf_of_id) for each in entries} == {
        ("safeguarding.lead_acted", None, None)
    }
    assert [each.about_id == each.by_id for each in entries] == [True] * 3
    assert not UndoOffer.objects.filter(act__startswith="safeguarding").exists()


# Together all the same


def test_who_comes_together_is_told_to_leads_alone_once_a_place(here: Street):
    kept_apart(here, here.ana, here.ben)

    for key in ("tests.tea:1", "tests.tea:1", "tests.tea:2"):
        come_together(here, here.ana, here.ben, here.cora, key=key)

    assert Together.objects.count() == 2
    told = Notice.objects.filter(kind="safeguarding.for_leads")
    assert sorted(told.values_list("person__name", flat=True)) == ["Lars", "Lars", "Lea", "Lea"]
    assert {notice.title + notice.body for notice in told} == {"Something waits for you as a safeguarding lead"}


def test_a_lead_who_is_one_of_the_two_is_not_told(here: Street):
    kept_apart(here, here.lea, here.ben, by=here.lars.person)

    come_together(here, here.lea, here.ben)

    told = Notice.objects.filter(kind="safeguarding.for_leads")
    assert list(told.values_list("person__name", flat=True)) == ["Lars"]


def test_a_lead_sees_to_it_once(here: Street):
    kept_apart(here, here.ana, here.ben)
    (together,) = come_together(here, here.ana, here.ben)

    actions.mark_seen(together=together, by=here.lea.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.mark_seen(together=together, by=here.lars.person, at=NOON)
    with pytest.raises(actions.NotALead):
        actions.mark_seen(together=together, by=here.cora.person, at=NOON)


def test_signing_up_costs_the_same_whether_or_not_there_is_a_pair(here: Street):
    def statements() -> list[str]:
        where = apart.Where(key="tests.tea:1", title="Tea", day=TODAY)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            apart.note_together([here.ana.person_id, here.ben.person_id], community=here.town, where=where, at=NOON)
        return [query["sql"].split(" VALUES ")[0] for query in caught]

    def planning() -> int:
        with CaptureQueriesContext(connection) as caught:
            apart.conflicts([here.ana.person_id, here.ben.person_id], community=here.town, on=TODAY)
        return len(caught)

    without = statements(), planning()
    kept_apart(here, here.ana, here.ben)

    assert (statements(), planning()) == without
    assert len(without[0]) == 1


def test_what_was_compared_is_deleted_and_the_job_tells_no_number(here: Street):
    kept_apart(here, here.ana, here.ben)
    where = apart.Where(key="tests.tea:1", title="Tea", day=TODAY)
    apart.note_together([here.ana.person_id, here.ben.person_id], community=here.town, where=where, at=NOON)

    assert compare(NOON) == compare(NOON) == "looked"
    assert not PutTogether.objects.exists()
    assert not JobRun.objects.exists()


def test_a_fault_that_only_a_pair_can_cause_shows_on_no_page(here: Street, monkeypatch: pytest.MonkeyPatch):
    """The page of jobs tells coordinators which one failed."""
    kept_apart(here, here.ana, here.ben)
    monkeypatch.setattr("alongside.safeguarding.letters.put_together", lambda *told, **more: 1 / 0)

    assert come_together(here, here.ana, here.ben) == []
    assert PutTogether.objects.count() == 1


def test_an_address_of_elsewhere_is_refused_whoever_comes_together(here: Street):
    where = apart.Where(key="tests.tea:1", title="Tea", day=TODAY, link="https://x.example")

    with pytest.raises(IntegrityError):
        apart.note_together([here.cora.person_id], community=here.town, where=where, at=NOON)


def test_nobody_carries_by_hand_what_waits_for_leads(here: Street):
    lea = here.lea.person
    lea.preferred_channel, lea.phone = Person.PreferredChannel.PHONE, "0700 900 100"
    lea.save()
    Person.objects.filter(pk=here.lars.person_id).update(email="lars@example.org", preferred_channel="email")
    kept_apart(here, here.ana, here.ben)

    come_together(here, here.ana, here.ben)

    ways = Delivery.objects.filter(notice__kind="safeguarding.for_leads")
    assert list(ways.values_list("notice__person__name", "way")) == [("Lars", "email")]
    ways.update(state=Delivery.State.FAILED)
    assert not Delivery.objects.of(here.town).in_trouble().exists()


# Goodbyes


def test_a_pair_goes_with_either_of_the_two_and_its_reason(here: Street):
    kept_apart(here, here.ana, here.ben, reason="Because of the summer.")
    come_together(here, here.ana, here.ben)

    people.erase_person(person=here.ben.person, by=None, at=NOON)

    assert not KeptApart.objects.exists()
    assert not Together.objects.exists()


def test_an_erased_persons_checks_go_and_what_they_saw_of_others_stays(here: Street):
    kind = kind_in(here.town)
    seen(here.ana, kind, by=here.ben)
    seen(here.ben, kind, by=here.cora)

    people.erase_person(person=here.ben.person, by=None, at=NOON)

    assert [(check.person, str(check.seen_by)) for check in Check.objects.all()] == [(here.ana.person, "Former member")]


def test_two_records_become_one_with_their_checks_and_pairs(here: Street):
    kind, twice = kind_in(here.town), person_in(here.town, "Ana twice")
    seen(here.ana, kind, by=here.cora)
    seen(twice, kind, by=here.cora)
    kept_apart(here, here.ana, here.ben, reason="One.")
    kept_apart(here, twice, here.ben, reason="Two.")
    kept_apart(here, twice, here.stella, reason="Three.")
    kept_apart(here, twice, here.ana, reason="Four.")

    people.merge_members(one=here.ana, other=twice, by=here.cora.person, at=NOON)

    assert Check.objects.filter(person=here.ana.person).count() == 2
    pairs = {frozenset([pair.one_id, pair.other_id]): pair.reason for pair in KeptApart.objects.all()}
    assert pairs[ids(here.ana, here.ben)].split("\n\n") == ["One.", "Two."]
    assert pairs[ids(here.ana, here.stella)] == "Three."
    assert pairs[ids(here.ana, twice)] == "Four."
    assert len(pairs) == 3


def test_a_check_that_turns_out_to_be_ones_own_counts_no_more(here: Street):
    """Cora saw a check of what was a second record of herself."""
    twice = person_in(here.town, "Cora twice")
    seen(twice, kind_in(here.town), by=here.cora)

    people.merge_members(one=here.cora, other=twice, by=here.stella.person, at=NOON)

    assert not Check.objects.standing().exists()
