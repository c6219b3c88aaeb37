"""What a member's account does not open: what others lack, a board on one's own, somebody's own life."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.kernel.clock import now, today
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.programs import actions
from alongside.programs.models import BoardDecision, BoardMeeting, JobTerm, LivedExperience
from alongside.programs.tests.job_scenes import JOBS, blueprint_text, nursery, offers, seated, started
from alongside.programs.tests.scenes import in_it, url

pytestmark = pytest.mark.django_db
OPEN_BOARD = """
[jobs.list.open]
name = "Open board"
kind = "board"
least = 1
most = 7
chosen_by = "offering"
quorum = "1"
"""


def acting_for(owner, helper, ability):
    """A browser in which `helper` does for `owner` what this ability allows."""
    people.let_act(
        membership=owner, helper=helper, abilities=[ability], expires_on=today() + timedelta(days=100),
        consent_how="phone", consent_on=today(), consent_words="", by=owner.person, at=now(),
    )  # fmt: skip
    browser = browser_of(helper)
    browser.post(reverse("people:acting", args=[owner.community.slug]), {"membership": owner.pk, "channel": "phone"})
    return browser


def decided(browser, program, meeting, terms):
    """Tick these, and note a decision."""
    town = program.community
    browser.post(url("board_presence", town, program.pk, meeting.pk), {"here": [term.pk for term in terms]})
    words = {"words": "I am paid.", "key": str(uuid4())}
    return browser.post(url("board_decide", town, program.pk, meeting.pk), words)


def test_nobody_learns_by_asking_which_checks_somebody_lacks():
    program, (ada,) = nursery("Ada")
    lena = person_in(program.community, "Lena", roles=[Role.PEER_LEADER])
    in_it(program, [lena])
    place = url("ask_to_do", program.community, program.pk, "carer")

    asked = browser_of(ada).post(place, {"who": "Lena"}).content.decode()

    assert "It cannot be this person." in asked
    assert "Background check" not in asked
    assert "Background check" in browser_of(program.made_by).post(place, {"who": "Lena"}).content.decode()


def test_no_board_decides_by_a_day_on_which_it_was_smaller():
    program, parents = nursery("Ada", "Ben", "Cleo", "Dan", "Eve")
    terms = seated(program, parents)
    JobTerm.objects.update(starts_on=today() - timedelta(days=5))
    JobTerm.objects.filter(pk=terms[0].pk).update(starts_on=today() - timedelta(days=30))
    browser, long_ago = browser_of(parents[0]), today() - timedelta(days=20)
    browser.post(url("board_meet", program.community, program.pk, "board"), {"held_on": str(long_ago)})

    decided(browser, program, BoardMeeting.objects.get(), terms[:1])

    assert not BoardDecision.objects.exists()


def test_a_seat_on_one_board_opens_no_other():
    town = community()
    program = started(person_in(town, "Cora", roles=[Role.COORDINATOR]), blueprint_text(JOBS + OPEN_BOARD))
    ada, ben, zed = (person_in(town, name) for name in ("Ada", "Ben", "Zed"))
    in_it(program, [ada, ben, zed])
    seated(program, [ben])
    actions.offer_job(program=program, job="open", membership=ada, by=ada.person, at=now())
    browser, offer = browser_of(ada), offers(program, zed, "board")

    met = browser.post(url("board_meet", town, program.pk, "board"), {"held_on": str(today())})
    chosen = browser.post(url("choose_for_job", town, program.pk, offer.pk), {"how": "vote", "where": "Never"})

    assert (met.status_code, chosen.status_code) == (403, 403)
    own = browser.post(url("board_meet", town, program.pk, "open"), {"held_on": str(today())})
    assert own.status_code == 302


def test_what_somebody_says_of_their_life_is_neither_read_nor_said_by_a_helper():
    program, (ada, ben, cleo) = nursery("Ada", "Ben", "Cleo")
    actions.say_lived_experience(program=program, membership=ada, shows_name=False, by=ada.person, at=now())
    way = url("pathway", program.community, program.pk)

    assert acting_for(ada, ben, "timebank.see").get(way).status_code == 403
    browser = acting_for(cleo, ben, "decisions.speak")
    assert browser.get(way).context["lived"] is None
    said = browser.post(url("say_lived_experience", program.community, program.pk), {"shows_name": "on"})

    assert said.status_code == 403
    assert list(LivedExperience.objects.values_list("membership", flat=True)) == [ada.pk]
