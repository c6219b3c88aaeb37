"""Paper ballots: two scrutineers of different sides read the same, or it does not count."""

import pytest

from alongside.decisions import actions
from alongside.decisions.models import OpenBallot, PaperKeying, RollEntry
from alongside.decisions.tests.voting import NOON, opened, say, scene
from alongside.kernel.models import Activity

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
    code, member = next(pair for pair in actions.codes_of(decision) if pair[1] == place.sides["uses"][3])
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
    with pytest.raises(actions.NotAWord):
        keyed(decision, una, code, "maybe")
    assert OpenBallot.objects.get().choice == "yes"


def test_the_log_of_paper_names_only_who_keyed(desk):
    decision, una, pia, code, member = desk
    keyed(decision, una, code, "no")
    keyed(decision, pia, code, "no")

    rows = Activity.objects.filter(about_id=decision.pk, did="decisions.paper_keyed")

    assert {row.by_id for row in rows} == {una.person_id, pia.person_id}
    assert not rows.exclude(on_behalf_of_id=None).exists()
    assert not Activity.objects.filter(on_behalf_of_id=member.person_id).exists()
