"""Pages of rewards as people meet them, and what somebody with a member's account tries."""

import pytest
from django.test import Client

from alongside.decisions.models import Proposal
from alongside.kernel.clock import now
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import BodyMember, Household, Role
from alongside.people.tests.factories import browser_of, child_in, community, coordinator_in, person_in
from alongside.programs import figures
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import check
from alongside.programs.rules.faults import DoesNotFit
from alongside.programs.serving import sections
from alongside.programs.tests.scenes import program_of
from alongside.rewards import actions
from alongside.rewards.models import Entitlement, PaperNote
from alongside.rewards.rules.codes import new_code
from alongside.rewards.tests.scenes import (
    BLUEPRINT,
    DAY,
    NOON,
    follow,
    gave,
    hours_for,
    only,
    reward_of,
    small_program,
    states,
    url,
    volunteers,
)
from alongside.rewards.views.desk import MOST_MISSES, misses

pytestmark = pytest.mark.django_db
# Pages look at the clock of the wall.
LATELY = now() - 3 * DAY


@pytest.fixture(autouse=True)
def nobody_guessed_before():
    misses.forget()


def with_ticket():
    """Ana has a ticket, Ben is a minute short."""
    program, cora = small_program()
    ana, ben = volunteers(program, "Ana", "Ben")
    gave(program, (ana, 240), (ben, 239), at=LATELY)
    return program, cora, ana, ben


def test_my_page_says_what_i_have_and_how_far_it_is_in_words():
    program, _cora, ana, ben = with_ticket()

    hers = browser_of(ana).get(url("mine", program.community)).content.decode()
    his = browser_of(ben).get(url("mine", program.community)).content.decode()

    assert only(ana).spoken in hers
    assert "you have as many as one person can have" in hers
    assert "3\xa0h\xa059\xa0min of 4\xa0hours" in his
    assert '<progress value="239" max="240"' in his
    assert "Nothing that is your right ever asks for one" in his


def test_whoever_it_is_for_is_told_once():
    _program, _cora, ana, ben = with_ticket()

    assert Notice.objects.filter(person=ana.person, title="Something is ready for you").count() == 1
    assert not Notice.objects.filter(person=ben.person, kind="rewards.mine").exists()


def test_a_desk_finds_it_by_code_or_serial_and_hands_it_over_once():
    program, cora, ana, _ben = with_ticket()
    note = actions.print_note(entitlement=only(ana), by=cora.person, at=NOON + DAY)
    desk = browser_of(person_in(program.community, "Dora", roles=[Role.PROFESSIONAL]))
    found = url("hand_over", program.community, only(ana).pk)

    for typed in (only(ana).spoken.lower(), str(note).replace("0", "o")):
        assert desk.post(url("desk", program.community), {"code": typed})["Location"] == found
    assert "Ana" in desk.get(found).content.decode()
    said = desk.post(found, follow=True).content.decode()
    again = desk.post(found, follow=True).content.decode()

    assert "Handed over to Ana" in said
    assert "This was handed over already" in again
    assert (only(ana).state, PaperNote.objects.get().state) == ("redeemed", "redeemed")


def test_a_note_that_was_printed_anew_is_void():
    program, cora, ana, _ben = with_ticket()
    lost = actions.print_note(entitlement=only(ana), by=cora.person, at=NOON + DAY)
    actions.print_note(entitlement=only(ana), by=cora.person, at=NOON + DAY)

    page = browser_of(cora).post(url("desk", program.community), {"code": str(lost)})

    assert "This note is void" in page.content.decode()
    scanned = browser_of(cora).get(url("hand_over", program.community, lost.pk), follow=True)
    assert "This note is void" in scanned.content.decode()


def test_a_note_shows_no_code_that_would_outlive_it_and_is_scanned_by_an_id_of_its_own():
    program, cora, ana, _ben = with_ticket()
    browser = browser_of(cora)
    browser.post(url("print_note", program.community, only(ana).pk))
    note = PaperNote.objects.get()

    page = browser.get(url("note", program.community, only(ana).pk)).content.decode()
    browser.post(url("hand_over", program.community, note.pk))

    assert str(note) in page
    assert only(ana).spoken not in page
    assert (only(ana).state, PaperNote.objects.get().state) == ("redeemed", "redeemed")


def test_a_larger_stock_is_proposed_on_the_page_of_the_design():
    program, _cora, ana, _ben = with_ticket()
    browser = browser_of(ana)
    address = f"/c/{program.community.slug}/programs/{program.pk}/propose/rewards:ticket/"
    form = browser.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}

    answer = browser.post(address, {**{name: value for name, value in told.items() if value}, "stock": "300"})

    assert answer.status_code == 302, answer.content.decode()
    assert Proposal.objects.get().draft.change == {"rewards.ticket.stock": [200, 300]}


def test_whoever_guesses_codes_is_stopped():
    program, cora, ana, _ben = with_ticket()
    desk = browser_of(cora)

    for _ in range(MOST_MISSES):
        assert "We have nothing" in desk.post(url("desk", program.community), {"code": new_code()}).content.decode()
    page = desk.post(url("desk", program.community), {"code": only(ana).code})

    assert page.status_code == 200
    assert "Too many codes were wrong" in page.content.decode()


def test_a_member_without_a_desk_hands_nothing_over():
    program, _cora, ana, ben = with_ticket()
    found = url("hand_over", program.community, only(ana).pk)

    assert browser_of(ben).post(found).status_code == 403
    assert browser_of(ben).post(url("desk", program.community), {"code": only(ana).code}).status_code == 403
    assert only(ana).state == "issued"


def test_nobody_sees_uses_or_prints_what_is_somebody_else_s():
    program, _cora, ana, ben = with_ticket()
    browser = browser_of(ben)

    for name, method in (
        ("entitlement", "get"), ("hand_on", "post"), ("give_back", "post"), ("print_note", "post"), ("note", "get"),
    ):  # fmt: skip
        assert getattr(browser, method)(url(name, program.community, only(ana).pk)).status_code == 404
    assert states(program) == [("Ana", "issued")]
    assert not PaperNote.objects.exists()


def test_nothing_of_another_community_is_there():
    program, _cora, ana, _ben = with_ticket()
    elsewhere = coordinator_in(community("Elm Road"))
    browser = browser_of(elsewhere)
    ticket, town = only(ana), elsewhere.community

    for name, pk in (
        ("hand_over", ticket.pk), ("note", ticket.pk), ("stock", ticket.reward_id), ("program", program.pk),
        ("sums", program.pk), ("take", ticket.reward_id), ("announce_draw", ticket.reward_id),
    ):  # fmt: skip
        assert browser.get(url(name, town, pk)).status_code == 404
        assert browser.get(url(name, program.community, pk)).status_code == 404
    page = browser.post(url("desk", town), {"code": ticket.code})
    assert "We have nothing with this code" in page.content.decode()


def test_a_stranger_is_asked_to_sign_in():
    program, _cora, ana, _ben = with_ticket()

    assert "/sign-in/" in Client().get(url("entitlement", program.community, only(ana).pk))["Location"]


def test_young_people_see_theirs_and_an_adult_of_the_home_acts_for_them():
    program, _cora = small_program()
    ada = person_in(program.community, "Ada")
    kit = child_in(program.community, "Kit")
    home = people.make_body(
        kind=Household, community=program.community, name="Mill", leader=ada, by=ada.person, at=NOON
    )
    people.join_body(body=home, membership=kit, part=BodyMember.Part.CHILD, by=ada.person, at=NOON)
    gave(program, (kit, 240), at=LATELY)

    assert only(kit).spoken in browser_of(kit).get(url("mine", program.community)).content.decode()
    assert browser_of(kit).post(url("give_back", program.community, only(kit).pk)).status_code == 403
    adult = browser_of(ada)
    assert adult.post(url("give_back", program.community, only(kit).pk)).status_code == 404
    session = adult.session
    session["acting_for"] = {"membership": str(kit.pk), "channel": "in_person"}
    session.save()
    adult.post(url("give_back", program.community, only(kit).pk))

    assert states(program) == [("Kit", "void")]


def test_the_catalogue_takes_hours_and_gives_a_code():
    program, _cora, ana, _ben = with_ticket()
    follow(program, cooking={"price": "2h", "stock": 1, "about": "A class."})
    hours_for(ana)
    browser, cooking = browser_of(ana), reward_of(program, "cooking")
    assert "Take one" in browser.get(url("catalogue", program.community)).content.decode()
    form = browser.get(url("take", program.community, cooking.pk)).context["form"]

    page = browser.post(url("take", program.community, cooking.pk), {"key": form["key"].value()}, follow=True)

    assert only(ana, "cooking").spoken in page.content.decode()
    assert "All are taken" in browser.get(url("catalogue", program.community)).content.decode()


def test_coordinators_see_who_is_in_line_and_notes_that_add_up():
    program, cora = small_program(tickets=1)
    ana, ben = volunteers(program, "Ana", "Ben")
    gave(program, (ana, 240), at=LATELY - DAY)
    gave(program, (ben, 240), at=LATELY)
    browser = browser_of(cora)
    browser.post(url("print_note", program.community, only(ana).pk))

    page = browser.get(url("stock", program.community, reward_of(program).pk)).content.decode()

    assert "Printed 1 = redeemed 0 + out 1 + void 0" in page
    assert page.index("In line") < page.index("Ben")
    assert "place 1 in line" in browser_of(ben).get(url("mine", program.community)).content.decode()


def test_a_draw_is_announced_entered_and_shown(monkeypatch):
    program, cora, ana, _ben = with_ticket()
    drawn = reward_of(program, "backstage")
    browser = browser_of(cora)
    today = browser.get(url("announce_draw", program.community, drawn.pk)).context["form"]
    told = {"prizes": 1, "from_day": "2026-03-01", "until_day": "2026-03-04", "key": today["key"].value()}

    wrong = browser.post(url("announce_draw", program.community, drawn.pk), {**told, "closes_on": "9999-12-31"})
    assert "Choose a day from today on, within a year." in wrong.content.decode()

    closes = program.community.day_of(now()) + 3 * DAY
    page = browser.post(
        url("announce_draw", program.community, drawn.pk), {**told, "closes_on": closes.isoformat()}, follow=True
    )
    assert "The draw is announced" in page.content.decode()
    address = page.context["draws"][0]
    entered = browser_of(ana).post(url("enter_draw", program.community, address.pk), follow=True)
    assert "You are in. Your entry is called" in entered.content.decode()


def test_the_page_of_a_program_leads_to_its_rewards_and_tells_sums_of_five_alone():
    program, cora = small_program()
    members = volunteers(program, *(f"Person {n}" for n in range(5)))
    gave(program, *((member, 240) for member in members))
    for member in members[:4]:
        actions.redeem(entitlement=only(member), by=cora.person, at=NOON + DAY)
    assert not any("handed over" in said for said in figures.told(program, on=NOON.date()))

    actions.redeem(entitlement=only(members[4]), by=cora.person, at=NOON + DAY)

    page = browser_of(cora).get(f"/c/{program.community.slug}/programs/{program.pk}/").content.decode()
    assert "5 people had a reward handed over." in page
    assert url("program", program.community, program.pk) in page


def test_pages_ask_no_more_however_many_have_one(django_assert_max_num_queries):
    program, cora = small_program()
    members = volunteers(program, *(f"Person {n}" for n in range(12)))
    gave(program, *((member, 240) for member in members))
    browser = browser_of(cora)

    for name, pk in (("stock", reward_of(program).pk), ("sums", program.pk), ("program", program.pk)):
        with django_assert_max_num_queries(40):
            browser.get(url(name, program.community, pk))


FAULTS = [
    pytest.param({"needed_for": "a flat"}, "never a condition for anything", id="a gate"),
    pytest.param({"role": "crew"}, "never a condition for anything", id="opens a role"),
    pytest.param({"never_a_condition": False}, "never a condition for anything", id="says it is one"),
    pytest.param({"worth": "5"}, "no value in money", id="a value"),
    pytest.param({"price": "2h"}, "one way to it is enough", id="two ways"),
    pytest.param({"after": None}, '"after" is missing', id="no way"),
    pytest.param({"stock": None}, '"stock" is missing', id="a list without an end"),
    pytest.param({"after": "four hours"}, "a length of time belongs here", id="no time"),
    pytest.param({"transfer": "for money"}, "one of these belongs here", id="another way to hand on"),
    pytest.param({"after": None, "price": "2h", "stock": 4}, "only for what is earned", id="waiting for hours"),
    pytest.param({"paid_to": "program pot"}, "nobody pays for what is earned", id="a pot for what is earned"),
]


@pytest.mark.parametrize(("change", "words"), FAULTS)
def test_a_design_that_cannot_be_says_why(change, words):
    program, _cora = small_program()
    design = design_of(program)
    ticket = {**design["rewards"]["ticket"], **change}
    design["rewards"]["ticket"] = {name: value for name, value in ticket.items() if value is not None}

    with pytest.raises(DoesNotFit, match=words):
        check(design, sections())


def test_what_a_reward_is_stands_on_the_page_of_the_design():
    program, cora = small_program()

    page = browser_of(cora).get(f"/c/{program.community.slug}/programs/{program.pk}/design/").content.decode()

    assert "Earned after" in page
    assert "A ticket for the concert" in page


def test_another_program_of_the_town_has_rewards_of_its_own():
    program, cora, ana, _ben = with_ticket()
    other = program_of(coordinator_in(program.community, "Otto"), BLUEPRINT, title="Another")

    assert reward_of(other).taken == 0
    assert Entitlement.objects.in_program(other).count() == 0
    assert browser_of(ana).get(url("program", program.community, other.pk)).status_code == 200
    assert cora.community == program.community
