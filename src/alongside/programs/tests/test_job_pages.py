"""The pages of jobs and boards: who sees what, and what happens with a button or a form."""

import re
from datetime import timedelta

import pytest

from alongside.decisions.models import Proposal
from alongside.kernel.clock import today
from alongside.people import actions as people
from alongside.people.models import BodyMember, Household
from alongside.people.tests.factories import browser_of
from alongside.programs import actions
from alongside.programs.models import BoardDecision, BoardMeeting, JobTerm, Program
from alongside.programs.tests.job_scenes import again, nursery, offers, seated
from alongside.programs.tests.scenes import NOON, url

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def cora_of(program):
    return browser_of(program.made_by)


def page_of(program, name, member, *args):
    return text_of(browser_of(member).get(url(name, program.community, program.pk, *args)))


def test_one_page_says_who_does_what():
    program, (ada,) = nursery("Ada")
    offers(program, ada)

    page = page_of(program, "jobs", ada)

    assert "Treasurer A job A Ada 1 of 1 place taken." in re.sub(r" \S Ada ", " A Ada ", page)
    assert "0 of 4 places taken. 2 more are needed." in page


def test_a_seat_that_ends_within_eight_weeks_is_on_the_list():
    program, (ada,) = nursery("Ada")
    offers(program, ada)
    JobTerm.objects.update(ends_on=today() + timedelta(days=56))
    assert "The term of Ada ends on" in page_of(program, "vacancies", ada)

    JobTerm.objects.update(ends_on=today() + timedelta(days=57))

    page = page_of(program, "vacancies", ada)
    assert "The term of Ada" not in page
    assert "Treasurer" not in page
    assert "Board 7 places are empty. 5 more are needed." in page


def test_a_household_without_a_job_is_told_so_itself_and_listed_to_coordinators_alone():
    program, (ada, ben, cleo) = nursery("Ada", "Ben", "Cleo")
    home = people.make_body(
        kind=Household, community=program.community, name="The Fields", leader=ada, by=ada.person, at=NOON
    )
    people.join_body(body=home, membership=ben, part=BodyMember.Part.ADULT, by=ada.person, at=NOON)
    for member in (ada, ben, cleo):
        actions.enrol(program=program, membership=member, by=member.person, at=NOON)
    place = url("households_without_a_job", program.community, program.pk)
    assert "Cleo" in text_of(cora_of(program).get(place))
    assert "The Fields Ada, Ben" in text_of(cora_of(program).get(place))
    assert browser_of(cleo).get(place).status_code == 403

    offers(program, ada)

    assert "The Fields" not in text_of(cora_of(program).get(place))
    assert "Yours is still to choose" not in page_of(program, "jobs", ben)
    assert "Yours is still to choose" in page_of(program, "jobs", cleo)


def test_a_seat_is_taken_and_given_up_with_a_button_and_taken_back():
    program, (ada,) = nursery("Ada")
    client = browser_of(ada)

    page = client.post(url("offer_job", program.community, program.pk, "treasurer"), follow=True)
    assert "Thank you: it is in good hands now." in text_of(page)
    assert "Undo" in text_of(page)
    term = JobTerm.objects.get()
    client.post(url("step_down", program.community, program.pk, term.pk))

    term.refresh_from_db()
    assert (term.state, term.over_why) == ("over", "stepped down")


def test_somebody_is_asked_by_name_and_a_no_leaves_nothing():
    program, (ada, ben) = nursery("Ada", "Ben")
    place = url("ask_to_do", program.community, program.pk, "garden")

    page = browser_of(ada).post(place, {"who": "Nobody at all"})
    assert "We found nobody of that name or number." in text_of(page)
    browser_of(ada).post(place, {"who": "Ben"})
    assert "Ada asks whether you would do this: Garden committee." in page_of(program, "jobs", ben)
    asked = JobTerm.objects.get()
    assert browser_of(ada).post(url("accept_job", program.community, program.pk, asked.pk)).status_code == 404
    browser_of(ben).post(url("decline_job", program.community, program.pk, asked.pk))

    assert not JobTerm.objects.exists()


def test_a_coordinator_writes_down_what_somebody_said_by_phone():
    program, (ada,) = nursery("Ada")
    data = {"whose": "Ada", "channel": "phone"}

    cora_of(program).post(url("offer_job", program.community, program.pk, "treasurer"), data)

    term = JobTerm.objects.get()
    assert (term.membership, term.channel, term.keyed_by) == (ada, "phone", program.made_by.person)


def test_who_is_on_no_board_notes_nobody_as_chosen_and_ticks_nobody():
    program, (ada, ben) = nursery("Ada", "Ben")
    offer = offers(program, ada, "board")
    place = url("choose_for_job", program.community, program.pk, offer.pk)
    assert browser_of(ben).post(place, {"how": "vote", "where": "Mine"}).status_code == 403

    page = cora_of(program).post(place, {"how": "vote", "where": "Annual meeting"}, follow=True)

    assert "chosen by a vote: Annual meeting" in text_of(page)


def test_too_few_are_told_plainly_and_their_words_are_kept():
    program, parents = nursery(*(f"Parent {n}" for n in range(8)))
    terms = seated(program, parents[:7])
    client, town = browser_of(parents[0]), program.community
    client.post(url("board_meet", town, program.pk, "board"), {"held_on": today()})
    place = BoardMeeting.objects.get().pk

    def ticks(count):
        here = [term.pk for term in terms[:count]]
        return text_of(client.post(url("board_presence", town, program.pk, place), {"here": here}, follow=True))

    def decides():
        page = client.get(url("board_meeting", town, program.pk, place))
        data = {"words": "We buy a slide.", "key": page.context["decide_form"].initial["key"]}
        return client.post(url("board_decide", town, program.pk, place), data, follow=True)

    assert "3 of 7 are here, 4 are needed." in ticks(3)
    refused = decides()
    assert "Too few are here to decide: 3 are ticked, 4 are needed." in text_of(refused)
    assert "We buy a slide." in text_of(refused)
    assert not BoardDecision.objects.exists()
    assert "5 of 7 are here, 4 are needed. The board can decide." in ticks(5)
    assert "5 of 7 were here, 4 were needed." in text_of(decides())
    assert browser_of(parents[7]).post(url("board_presence", town, program.pk, place)).status_code == 403


def test_ids_of_another_program_lead_nowhere():
    program, (ada,) = nursery("Ada")
    term = again(offers(program, ada), program)
    other, (eve,) = nursery("Eve", town=None)

    assert browser_of(eve).post(url("step_down", other.community, other.pk, term.pk)).status_code == 404
    assert JobTerm.objects.get(pk=term.pk).state == "held"
    assert Program.objects.count() == 2


def test_more_people_ask_the_database_no_more(django_assert_max_num_queries):
    program, parents = nursery(*(f"Parent {n}" for n in range(12)))
    for member in parents:
        actions.enrol(program=program, membership=member, by=member.person, at=NOON)
    seated(program, parents[:7])
    client = cora_of(program)
    client.get(url("jobs", program.community, program.pk))

    for name, most in (("jobs", 24), ("vacancies", 20), ("households_without_a_job", 22)):
        with django_assert_max_num_queries(most):
            client.get(url(name, program.community, program.pk))


def test_a_job_is_proposed_with_a_form_and_read_in_the_design():
    program, (ada,) = nursery("Ada")
    client, town = browser_of(ada), program.community
    page = text_of(client.get(url("design", town, program.pk)))
    assert "Every household has a job yes" in page
    assert "How many must be there to decide 1/2" in page

    place = url("propose", town, program.pk, "jobs.list:new")
    form = client.get(place).context["form"]
    data = {name: form.fields[name].initial or "" for name in form.fields} | {"key": form.initial["key"], "seen": ""}
    wrong = client.post(place, {**data, "name": "Cook", "kind": "job", "most": "2", "least": "3"})
    assert "3 are needed, but there is room for 2" in text_of(wrong)
    client.post(place, {**data, "name": "Cook", "kind": "job", "most": "2"})

    change = Proposal.objects.get(subject=actions.SUBJECT).draft.change
    assert change == {
        "jobs.list.cook.name": [None, "Cook"],
        "jobs.list.cook.kind": [None, "job"],
        "jobs.list.cook.most": [None, 2],
    }
