"""The pages of sessions that need a leader: the button, what a coordinator sees, and what nobody else does."""

import re
from datetime import timedelta

import pytest

from alongside.kernel.clock import now
from alongside.kernel.models import UndoOffer
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.programs import actions
from alongside.programs.models import Program, SessionLeader
from alongside.programs.showing_runs import cohorts_shown
from alongside.programs.tests.job_scenes import started
from alongside.programs.tests.run_scenes import guided_text, run_from
from alongside.programs.tests.scenes import url
from alongside.programs.tests.test_delivery import checked
from alongside.programs.tests.test_walks_of_an_attacker import acting_for

pytestmark = pytest.mark.django_db


class Run:
    """Otto led a run and has left the program; Ada and Ben take part, and whoever does may lead.

    `two`: Ada leads it still, and one more is needed.
    """

    def __init__(self, filled_by: str = "whoever is ready", needs: str = "", *, two: bool = False) -> None:
        self.town, at = community(), now()
        self.cora = person_in(self.town, "Cora", roles=[Role.COORDINATOR, Role.PROFESSIONAL])
        self.program: Program = started(self.cora, guided_text(filled_by, needs, count=1 + two), "Mornings", at)
        self.ada, self.ben, self.otto = (person_in(self.town, name) for name in ("Ada", "Ben", "Otto"))
        for member in (self.ada, self.ben, self.otto):
            actions.enrol(program=self.program, membership=member, by=member.person, at=at)
        checked([self.otto])
        self.stranger = person_in(self.town, "Sten")
        self.run = run_from(self.program, at.date() + timedelta(weeks=2), (self.otto, self.ada)[: 1 + two], at)
        actions.leave(program=self.program, membership=self.otto, by=self.otto.person, at=at)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(run, who, name, *args):
    return browser_of(who).get(url(name, run.town, run.program.pk, *args))


def post(run, who, name, *args, **told):
    return browser_of(who).post(url(name, run.town, run.program.pk, run.run.pk, *args), told, follow=True)


def test_whoever_could_lead_finds_one_button_and_leads():
    run = Run()
    assert "I can lead it" in text_of(page(run, run.ada, "sessions"))
    session = run.run.sessions.get(number=1)

    words = text_of(post(run, run.ada, "step_in", session=session.pk))

    assert "Thank you: you lead 1 session." in words
    assert SessionLeader.objects.leading().get().membership == run.ada


def test_whoever_leads_already_is_shown_no_button_that_could_only_refuse():
    run = Run(two=True)

    hers, his = (text_of(page(run, who, "sessions")) for who in (run.ada, run.ben))

    assert "5 sessions need a leader" in hers
    assert ["I can lead" in words for words in (hers, his)] == [False, True]


def test_one_press_is_enough_for_all_and_the_second_person_reads_that_somebody_was_faster():
    run = Run()

    post(run, run.ada, "step_in")
    words = text_of(post(run, run.ben, "step_in"))

    assert "Somebody was faster" in words
    assert set(SessionLeader.objects.leading().values_list("membership", flat=True)) == {run.ada.pk}


def test_what_somebody_lacks_is_read_by_them_and_not_by_a_helper():
    run = Run(needs="Reference")
    button = url("step_in", run.town, run.program.pk, run.run.pk)
    helper = acting_for(run.ada, run.ben, "decisions.speak")

    own = text_of(post(run, run.ada, "step_in"))
    told = text_of(helper.post(button, follow=True))

    assert "Still needed, to the last one: Reference." in own
    assert "It cannot be this person." in told
    assert "Reference" not in told


def test_who_offered_to_lead_and_who_could_is_no_matter_of_a_helper_who_was_not_asked_to_speak():
    offered, able = Run("coordinators"), Run()
    post(offered, offered.ada, "step_in")

    seen = [
        text_of(acting_for(run.ada, run.ben, "timebank.see").get(url("sessions", run.town, run.program.pk)))
        for run in (offered, able)
    ]

    assert "5 sessions need a leader" in seen[0]
    assert not any(words in page for page in seen for words in ("You have offered to lead", "You could lead"))


def test_whoever_does_not_take_part_reads_who_can_and_cannot():
    run = Run()

    words = text_of(page(run, run.stranger, "sessions"))
    told = text_of(post(run, run.stranger, "step_in"))

    assert "5 sessions need a leader" in words
    assert "Whoever is ready for it can say so here: Guide." in words
    assert "I can lead it" not in words
    assert "a role that this person does not have" in told


def test_the_reason_why_somebody_leads_no_more_is_read_by_who_keeps_the_program_going_alone():
    run = Run()

    seen = text_of(page(run, run.cora, "find_leader", run.run.pk))

    assert "has left" in seen
    assert "has left" not in text_of(page(run, run.ada, "sessions"))
    assert page(run, run.ada, "find_leader", run.run.pk).status_code == 403


def test_a_coordinator_writes_down_who_told_them_by_phone():
    run = Run()
    session = run.run.sessions.get(number=2)

    words = text_of(post(run, run.cora, "find_leader", member=run.ada.number, sessions=[session.pk], channel="phone"))

    assert "Written down: Ada leads." in words
    row = SessionLeader.objects.leading().get()
    assert (row.session, row.keyed_by, row.channel) == (session, run.cora.person, "phone")


def test_where_coordinators_choose_an_offer_is_confirmed_or_declined():
    run = Run("coordinators")
    assert "A coordinator answers you" in text_of(post(run, run.ada, "step_in"))
    post(run, run.ben, "step_in")
    by = {row.membership_id: row.pk for row in SessionLeader.objects.offered()}

    post(run, run.cora, "decline_leader", by[run.ben.pk])
    post(run, run.cora, "confirm_leader", by[run.ada.pk])

    assert {(row.membership_id, row.state) for row in SessionLeader.objects.exclude(state="out")} == {
        (run.ada.pk, "leads")
    }
    assert "Every session has its leaders" in text_of(page(run, run.cora, "find_leader", run.run.pk))


def test_an_offer_of_another_run_or_community_is_not_found():
    run, other = Run("coordinators"), Run("coordinators")
    post(run, run.ada, "step_in")
    offer = SessionLeader.objects.offered().earliest("pk")

    assert post(other, other.cora, "confirm_leader", offer.pk).status_code == 404
    assert post(run, run.ada, "confirm_leader", offer.pk).status_code == 403
    told = post(other, other.ada, "step_in", session=run.run.sessions.get(number=1).pk)

    assert "Somebody was faster" in text_of(told)
    assert not SessionLeader.objects.offered().filter(membership=other.ada).exists()


def test_an_offer_that_is_said_again_stands_as_it_was_said_first():
    run = Run("coordinators")
    post(run, run.ada, "step_in")
    SessionLeader.objects.update(since=now() - timedelta(hours=2))
    before = set(SessionLeader.objects.values_list("pk", "since"))

    again = post(run, run.ada, "step_in")

    assert "A coordinator answers you" in text_of(again)
    assert set(SessionLeader.objects.values_list("pk", "since")) == before
    assert UndoOffer.objects.filter(act="programs.step_in").count() == 1, "Undo would take the first away"


def test_one_s_own_offer_is_taken_back():
    run = Run("coordinators")
    post(run, run.ada, "step_in")
    assert "You have offered to lead" in text_of(page(run, run.ada, "sessions"))

    post(run, run.ada, "step_back")

    assert not SessionLeader.objects.offered().exists()


def test_many_sessions_and_leaders_ask_no_more_questions(django_assert_max_num_queries):
    run = Run()
    post(run, run.ada, "step_in")
    run_from(run.program, run.run.first_day + timedelta(weeks=20), (run.ben,), now())

    with django_assert_max_num_queries(9):
        shown = cohorts_shown(run.program, at=now(), me=run.ada)

    assert [len(each.sessions) for each in shown] == [5, 5]
    assert [[member for member, _lived in each.leaders] for each in shown] == [[run.ben], [run.ada]]


def test_the_pages_of_a_program_stand_in_one_place_each_with_what_is_there():
    run = Run()

    shown = page(run, run.ada, "program").content.decode()

    place = shown[shown.index('<nav id="pages"') : shown.index("</nav>", shown.index('<nav id="pages"'))]
    labels = re.findall(r'<a href="[^"]+">([^<]+)</a>', place)
    assert labels[:4] == ["Sessions", "People", "Pathway", "Topics and classes"]
    assert labels[-3:] == ["Look back together", "Design", "How it came about"]
    assert shown.count(f'href="{url("sessions", run.town, run.program.pk)}"') == 1
    assert "When they are, and who leads" in place
