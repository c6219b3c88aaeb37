"""Paper ballots: two scrutineers of different sides read the same, or it does not count."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import OpenBallot, PaperKeying, RollEntry
from alongside.decisions.tests.voting import NOON, opened, say, scene
from alongside.kernel.clock import now
from alongside.kernel.models import Activity
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in

pytestmark = pytest.mark.django_db


def keyed(decision, scrutineer, code, choice):
    return actions.key_paper(
        decision=decision, scrutineer=scrutineer, code=code, choice=choice, by=scrutineer.person, at=NOON
    )


@pytest.fixture(name="desk")
def desk_fixture():
    """The vote, both scrutineers, and the code and the member of one paper ballot."""
    place = scene()
    decision = opened(place)
    member = place.sides["uses"][3]
    code = next(code for code, entry in actions.codes_of(decision) if entry.membership == member)
    return decision, place.sides["uses"][0], place.sides["provides"][0], code, member


def test_paper_counts_when_both_have_read_the_same(desk):
    decision, una, pia, code, member = desk

    assert keyed(decision, una, code, "no") == "first"
    assert not OpenBallot.objects.exists()
    assert keyed(decision, pia, code.lower().replace("-", " "), "no") == "counted"

    assert OpenBallot.objects.get().choice == "no"
    assert RollEntry.objects.get(membership=member).channel == "paper"
    assert not PaperKeying.objects.exists()


def test_one_scrutineer_alone_counts_nothing_however_often_they_key(desk):
    decision, una, _pia, code, _member = desk

    assert [keyed(decision, una, code, "yes") for _ in range(3)] == ["first"] * 3
    assert not OpenBallot.objects.exists()


def test_different_readings_are_both_dropped(desk):
    decision, una, pia, code, _member = desk
    keyed(decision, una, code, "yes")

    assert keyed(decision, pia, code, "no") == "different"
    assert not PaperKeying.objects.exists()
    assert not OpenBallot.objects.exists()


def test_a_vote_cast_otherwise_stands_and_others_key_nothing(desk):
    decision, una, _pia, code, member = desk
    say(decision, [member], "y")

    with pytest.raises(actions.VotedOtherwise):
        keyed(decision, una, code, "no")
    with pytest.raises(actions.UnknownCode):
        keyed(decision, una, "AAAAA-AAAAA", "no")
    with pytest.raises(actions.NotTheirPaper):
        keyed(decision, member, code, "no")
    fresh = next(code for code, entry in actions.codes_of(decision) if entry.membership == una)
    with pytest.raises(actions.NotCounted):
        keyed(decision, una, fresh, "maybe")
    assert OpenBallot.objects.get().choice == "yes"


def test_the_log_of_paper_names_only_who_keyed(desk):
    decision, una, pia, code, member = desk
    keyed(decision, una, code, "no")
    keyed(decision, pia, code, "no")

    rows = Activity.objects.filter(about_id=decision.pk, did="decisions.paper_keyed")

    assert {row.by_id for row in rows} == {una.person_id, pia.person_id}
    assert not rows.exclude(on_behalf_of_id=None).exists()
    assert not Activity.objects.filter(on_behalf_of_id=member.person_id).exists()


def test_ballots_are_printed_with_a_code_and_keyed_in_on_their_page():
    place = scene()
    decision = opened(place, at=now() - timedelta(hours=1), closes_at=now() + timedelta(days=1))
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])
    code, entry = next(iter(actions.codes_of(decision)))
    sheet = reverse("decisions:ballots", args=[place.town.slug, decision.pk])
    desk = reverse("decisions:key_paper", args=[place.town.slug, decision.pk])

    printed = browser_of(steward).get(f"{sheet}?all&large").content.decode()
    assert code in printed
    assert str(entry.membership.person) in printed
    for side in ("uses", "provides"):
        browser_of(place.sides[side][0]).post(desk, {"code": code, "choice": "no"})

    assert OpenBallot.objects.get().choice == "no"
    assert browser_of(steward).get(desk).status_code == 403
    wrong = browser_of(place.sides["uses"][0]).post(desk, {"code": "XXXXX-XXXXX", "choice": "no"})
    assert "No ballot of this vote has that code" in wrong.content.decode()
