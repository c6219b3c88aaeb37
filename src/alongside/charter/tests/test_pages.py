"""The pages of the rules: read, proposed, put right by founders, refused to others."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.charter import actions
from alongside.charter.models import CharterVersion
from alongside.charter.tests.scenes import (
    LATER,
    changed,
    decided,
    everybody_in,
    in_force,
    proposed,
    scene_about,
    town_with_rules,
    url,
)
from alongside.decisions import actions as decisions
from alongside.decisions.models import Draft, Proposal
from alongside.decisions.tests.proposals import url as decide_url
from alongside.decisions.tests.voting import opened
from alongside.kernel.clock import now, today
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.timebank import actions as timebank
from alongside.timebank.models.bank import Division

pytestmark = pytest.mark.django_db

LIMITS = {"below": "15", "say_below": "12", "above": "", "say_above": "40"}


def page(member: Membership, address: str) -> str:
    return browser_of(member).get(address).content.decode()


def test_anybody_reads_the_rules_in_plain_words():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]

    read = page(uma, url("home", town))

    assert "How far below zero anybody may go" in read
    assert "10\N{NO-BREAK SPACE}hours" in read
    assert "after 14 days" in read
    assert "Rides and errands" in read


def test_other_limits_become_a_draft_whose_words_its_author_goes_on_writing():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]

    answer = browser_of(uma).post(url("propose", town, "limits"), {**LIMITS, "key": str(uuid4())})

    draft = Draft.objects.get()
    assert answer["Location"] == decide_url("write", town, draft.proposal_id)
    assert draft.change["floor_minutes"] == {"from": -600, "to": -900}
    assert "15\N{NO-BREAK SPACE}hours" in draft.text
    assert in_force(town)["floor_minutes"] == -600
    assert "What it would set" in page(uma, decide_url("check", town, draft.proposal_id))


def test_nothing_is_taken_in_again_where_nothing_was_taken_out():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]
    again = url("propose_in_list", town, "help", "again")
    assert again not in page(uma, url("propose", town, "help"))

    timebank.add_category(
        community=town, name="Sewing", division=Division.VOLUNTEERING, by=None, at=LATER, is_offered=False
    )

    assert again in page(uma, url("propose", town, "help"))


def test_the_same_form_sent_twice_makes_one_proposal():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]
    sent = {**LIMITS, "key": str(uuid4())}

    browser_of(uma).post(url("propose", town, "limits"), sent)
    browser_of(uma).post(url("propose", town, "limits"), sent)

    assert Proposal.objects.of(town).count() == 1


@pytest.mark.parametrize(
    ("part", "sent", "said"),
    [
        ("limits", {**LIMITS, "below": "-5"}, "Write hours and minutes"),
        ("limits", {**LIMITS, "say_below": "16"}, "must come before the limit"),
        ("limits", {"below": "10", "say_below": "8", "above": "", "say_above": "40"}, "Nothing is different"),
        ("habits", {"auto_confirm_days": "0", "hold_days": "60", "inactive_days": "90"}, "Write 1 day or more"),
        ("habits", {"auto_confirm_days": "14", "hold_days": "366", "inactive_days": "90"}, "Write 365 days or fewer"),
        ("habits", {"auto_confirm_days": "1e9", "hold_days": "60", "inactive_days": "90"}, "Enter a whole number"),
        ("talk", {"words": "x" * 3001}, "3000"),
        ("help/add", {"name": "rides AND errands", "division": "5"}, "is in the list already"),
        ("help/rename", {"which": "nothing", "name": "Rides", "division": "5"}, "Select a valid choice"),
        ("help/move", {"which": "", "place": "0"}, "Please answer this."),
    ],
)
def test_what_cannot_be_is_answered_at_the_field_and_nothing_is_begun(part, sent, said):
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]

    answer = browser_of(uma).post(f"{url('home', town)}propose/{part}/", {**sent, "key": str(uuid4())})

    assert said in answer.content.decode()
    assert not Proposal.objects.of(town).exists()


@pytest.mark.parametrize("deed", ["add", "rename", "leave", "move"])
def test_a_kind_of_help_can_be_proposed_changed_and_moved(deed):
    town = town_with_rules()
    uma, rows = everybody_in(town, each=1)["uses"][0], in_force(town)["categories"]
    sent = {"name": "Keeping bees", "division": "2", "which": rows[1][0], "place": "1", "key": str(uuid4())}

    browser_of(uma).post(url("propose_in_list", town, "help", deed), sent)

    after = Draft.objects.get().change["categories"]["to"]
    names = [row[1] for row in after]
    expected = {
        "add": [*(row[1] for row in rows), "Keeping bees"],
        "rename": [rows[0][1], "Keeping bees", *(row[1] for row in rows[2:])],
        "leave": [rows[0][1], *(row[1] for row in rows[2:])],
        "move": [rows[1][1], rows[0][1], *(row[1] for row in rows[2:])],
    }
    assert names == expected[deed]


def test_what_was_taken_out_can_be_taken_in_again():
    place = scene_about(lambda town: changed(town, recognised_work=in_force(town)["recognised_work"][1:]))
    first = in_force(place.town)["recognised_work"][0]
    actions.adopt(decision=decided(place), at=LATER)
    uma = place.sides["uses"][1]

    browser_of(uma).post(url("propose_in_list", place.town, "work", "again"), {"which": first[0], "key": str(uuid4())})

    draft = Draft.objects.get()
    assert draft.change["recognised_work"]["to"][-1] == first


def test_a_coordinator_writes_down_what_somebody_proposes_by_phone():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR])
    sent = {**LIMITS, "whose": str(uma.number), "channel": "phone", "key": str(uuid4())}

    browser_of(cora).post(url("propose", town, "limits"), sent)

    made = Proposal.objects.get()
    assert (made.made_by_id, made.keyed_by_id, made.channel) == (uma.pk, cora.person_id, "phone")


def test_the_values_of_a_draft_are_changed_by_its_author_alone():
    town = town_with_rules()
    uma, pia = (members[0] for members in everybody_in(town, each=1).values())
    draft = proposed(uma, changed(town, hold_days=30))
    address = url("change_values", town, draft.pk, "limits")

    assert browser_of(pia).post(address, LIMITS).status_code == 403
    seen = Draft.objects.get().changed_at.isoformat()
    browser_of(uma).post(address, {**LIMITS, "seen": seen})

    change = Draft.objects.get().change
    assert (change["floor_minutes"]["to"], change["hold_days"]["to"]) == (-900, 30)


def test_of_two_authors_who_change_values_at_once_one_is_told():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]
    draft = proposed(uma, changed(town, hold_days=30))
    address, seen = url("change_values", town, draft.pk, "limits"), Draft.objects.get().changed_at.isoformat()
    browser_of(uma).post(address, {**LIMITS, "seen": seen})

    answer = browser_of(uma).post(address, {**LIMITS, "below": "20", "seen": seen})

    assert "Somebody else has written here since" in answer.content.decode()
    assert Draft.objects.get().change["floor_minutes"]["to"] == -900


def test_words_alone_have_no_values():
    town = town_with_rules()
    uma = everybody_in(town, each=1)["uses"][0]
    browser_of(uma).post(decide_url("start", town), {"title": "Lunch", "key": str(uuid4())})

    assert browser_of(uma).get(url("values", town, Proposal.objects.get().pk)).status_code == 404


def test_founders_put_the_rules_right_and_are_sent_to_propose_once_both_sides_are_here():
    town = town_with_rules()
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR])

    browser_of(cora).post(url("found", town, "limits"), LIMITS)
    assert in_force(town)["floor_minutes"] == -900

    person_in(town, "Uma")
    answer = browser_of(cora).post(url("found", town, "limits"), {**LIMITS, "below": "20"}, follow=True)
    assert "From now on you decide these rules together" in answer.content.decode()
    assert in_force(town)["floor_minutes"] == -900


def test_the_proposal_the_vote_and_the_result_show_old_and_new_values():
    place = scene_about(floor_minutes=-900, soft_floor_minutes=-720)
    uma, decision = place.sides["uses"][1], decided(place)

    before = page(uma, decide_url("decision", place.town, decision.pk))
    actions.adopt(decision=decision, at=LATER)
    after = page(uma, decide_url("decision", place.town, decision.pk))
    assert "until then" in after
    assert ">now<" not in after

    assert "It will be in force within a few minutes" in before
    assert "It is in force: version 2 of our rules" in after
    for read in (after, page(uma, decide_url("proposal", place.town, place.proposal.pk))):
        assert "15\N{NO-BREAK SPACE}hours" in read
        assert "What it would set" in read


def test_every_version_tells_what_it_changed_and_how_it_was_decided():
    place = scene_about(auto_confirm_days=7)
    actions.adopt(decision=decided(place), at=LATER)

    read = page(place.sides["uses"][1], url("versions", place.town))

    assert read.index("Version 2") < read.index("after 7 days") < read.index("Version 1")
    assert CharterVersion.objects.of(place.town).count() == 2


def test_only_ways_that_ask_for_both_sides_are_offered_for_the_rules():
    place = scene_about(auto_confirm_days=7)
    cora = person_in(place.town, "Cora", roles=[Role.COORDINATOR])

    offered = page(cora, decide_url("choose_rule", place.town, place.proposal.pk))

    assert "Yes or no, by both sides" in offered
    assert "Put them in order" not in offered


def test_the_house_rules_are_the_community_s_own_words():
    place = scene_about(house_rules="One at a time.")
    actions.adopt(decision=decided(place), at=LATER)

    assert "One at a time." in page(place.sides["uses"][1], decide_url("policy", place.town))
    assert "One at a time." in page(place.sides["uses"][1], url("on_paper", place.town))


def test_a_community_without_a_time_bank_has_no_rules_to_show():
    town = community()

    assert browser_of(person_in(town, "Uma")).get(url("home", town)).status_code == 404


def test_html_in_a_name_or_in_how_people_talk_stays_words():
    place = scene_about(house_rules="<script>alert(1)</script> be kind")
    uma = place.sides["uses"][1]
    read = page(uma, decide_url("proposal", place.town, place.proposal.pk))
    actions.adopt(decision=decided(place), at=LATER)

    assert "<script>alert(1)" not in read + page(uma, url("home", place.town))


def test_who_votes_sees_the_values_beside_the_words_on_the_page_and_on_paper():
    place = scene_about(floor_minutes=-900, soft_floor_minutes=-720)
    vote = opened(place, at=now(), closes_at=now() + timedelta(days=3))
    cora = person_in(place.town, "Cora", roles=[Role.COORDINATOR])

    for read in (
        page(place.sides["uses"][1], decide_url("vote", place.town, vote.pk)),
        page(cora, f"{decide_url('ballots', place.town, vote.pk)}?all"),
    ):
        assert "What it would set" in read
        assert "15\N{NO-BREAK SPACE}hours" in read


def test_who_is_asked_in_a_round_sees_the_values_too():
    place = scene_about(floor_minutes=-900, soft_floor_minutes=-720)
    round_ = decisions.open_round(
        proposal=place.proposal,
        version=place.version,
        sides=("uses", "provides"),
        facilitators={side: members[0] for side, members in place.sides.items()},
        closes_at=now() + timedelta(days=3),
        review_on=today() + timedelta(days=90),
        by=place.sides["provides"][0].person,
        at=now(),
        key=uuid4(),
    )
    cora = person_in(place.town, "Cora", roles=[Role.COORDINATOR])

    for read in (
        page(place.sides["uses"][1], decide_url("stand", place.town, round_.pk)),
        page(cora, f"{decide_url('round_slips', place.town, round_.pk)}?all"),
    ):
        assert "15\N{NO-BREAK SPACE}hours" in read
