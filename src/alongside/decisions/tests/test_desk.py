"""The facilitators' desk: what is open and how many take part, what waits, what could be decided, and for whom."""

from dataclasses import replace

import pytest

from alongside.decisions import actions
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.proposals import asked, said, text_of, url
from alongside.decisions.tests.voting import opened, proposal_of, say, scene, voted
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in, standing_for

pytestmark = pytest.mark.django_db


def desk_of(place, role=Role.COORDINATOR):
    member = person_in(place.town, role.title(), roles=[role])
    return text_of(browser_of(member).get(url("desk", place.town)))


def test_an_open_vote_stands_there_with_who_takes_part_and_never_with_how():
    place = scene()
    say(opened(place), place.sides["uses"], "yyn")

    read = desk_of(place)

    assert "People who use it: 3 of 6 have voted" in read
    assert "People who provide it: 0 of 6 have voted" in read


def test_proposals_that_could_be_decided_tell_what_has_no_answer_yet():
    place = scene()
    asked(place.version, place.sides["uses"][1])
    said(place.version, place.sides["uses"][1])

    assert "1 question has no answer yet" in desk_of(place)


def test_what_was_decided_and_nobody_sees_to_stands_there_until_it_is_done():
    place = scene()
    decision = voted(place, "yyyyyy", "yyyyyy")

    assert "nobody sees to it yet" in desk_of(place)
    assert decision.proposal.title in desk_of(place)


def test_a_split_stands_there_with_its_last_day():
    place = scene()
    voted(place, "yyyyyy", "nnnnnn")

    assert "people volunteer" in desk_of(place)


def test_words_reported_are_there_for_coordinators_and_not_for_stewards():
    place = scene()
    words = said(place.version, place.sides["uses"][1])
    reporter = place.sides["uses"][2]
    actions.report(contribution=words, membership=reporter, rule="respect", by=reporter.person, at=words.at)

    assert "were reported" in desk_of(place)
    assert "were reported" not in desk_of(place, Role.STEWARD)


def test_members_have_no_desk():
    place = scene()

    assert browser_of(place.sides["uses"][0]).get(url("desk", place.town)).status_code == 403


def test_more_proposals_ask_no_more_of_the_database(django_assert_max_num_queries):
    place = scene()
    for number in range(12):
        proposal_of(place.sides["uses"][0], f"Another {number}")
    browser = browser_of(person_in(place.town, "Cora", roles=[Role.COORDINATOR]))
    browser.get(url("desk", place.town))

    with django_assert_max_num_queries(36):
        browser.get(url("desk", place.town))


def test_several_decisions_that_nobody_sees_to_are_one_thing_to_look_at():
    place = scene()
    voted(place, "yyyyyy", "yyyyyy")
    proposal, version = proposal_of(place.sides["uses"][0], "A second kettle")
    voted(replace(place, proposal=proposal, version=version), "yyyyyy", "yyyyyy")
    cora = person_in(place.town, "Cora", roles=[Role.COORDINATOR])

    waits = [need for need in needs_of(standing_for(cora)) if "Nobody sees to" in need.title]

    assert [(need.title, need.url) for need in waits] == [("Nobody sees to 2 decisions", url("desk", place.town))]
