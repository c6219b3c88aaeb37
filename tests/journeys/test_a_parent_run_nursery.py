"""A nursery that parents run: a rota is searched, published and swapped, a committee joined, and a rule changed."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from alongside.decisions.models import Proposal
from alongside.kernel.clock import now, today
from alongside.kernel.models import Progress
from alongside.kernel.progress import do_work
from alongside.people import actions as people
from alongside.people.models import Community, Household, Membership, Role
from alongside.people.tests.factories import community, people_in, person_in
from alongside.programs import actions as programs
from alongside.programs.models import JobTerm, Program
from alongside.programs.models.program import design_of
from alongside.rota.models import Assignment, Rota
from alongside.safeguarding import actions as safeguarding
from tests.journeys import program_steps as steps
from tests.support.browser import PHONE, Visitor

USES, PROVIDES = "People who use it", "People who provide it"
NAMES = ("Amina Diallo", "Ben Okri", "Chiara Bianchi", "Dev Patel", "Elif Demir", "Finn Byrne")


@pytest.fixture
def town(live_site: str) -> Community:
    return community()


def start_the_nursery(desk: Any, town: Community) -> Program:
    """Every question is answered as it stands."""
    desk.goto(reverse("programs:choose", args=[town.slug]))
    desk.get_by_role("button", name=re.compile("Begin.*Parent-run nursery")).click()
    while desk.get_by_role("button", name="Go on").is_visible():
        desk.get_by_role("button", name="Go on").click()
    desk.get_by_role("button", name="Start the program").click()
    program: Program = Program.objects.get()
    program.community = town
    return program


def families_come(program: Program, parents: list[Membership], cora: Membership) -> None:
    """Each as a household, with the checks that the design asks for seen by Cora."""
    kinds = [
        safeguarding.add_kind(
            community=program.community, name=name, kind="induction", months=None, needed=1, by=cora.person, at=now()
        )
        for name in ("Induction", "Background check")
    ]
    for parent in parents:
        home = people.make_body(
            kind=Household, community=program.community, name=f"{parent.person.name}'s", leader=parent,
            by=parent.person, at=now(),
        )  # fmt: skip
        assert isinstance(home, Household)
        came = programs.Came(way="household", household=home)
        programs.enrol(program=program, membership=parent, by=parent.person, at=now(), came=came)
        for kind in kinds:
            safeguarding.write_check(membership=parent, kind=kind, seen_on=today(), by=cora.person, at=now())


def make_and_publish(desk: Any, town: Community, monday: date) -> dict[UUID, Assignment]:
    """A week's rota, searched and published; who has which duty."""
    desk.goto(f"/c/{town.slug}/duties/")
    desk.get_by_role("link", name="Make a rota").click()
    desk.get_by_label("First day").fill(monday.isoformat())
    desk.get_by_label("Last day").fill((monday + timedelta(days=4)).isoformat())
    desk.get_by_role("button", name="Make it").click()
    assert desk.get_by_text("The duties are there.").is_visible()
    desk.get_by_role("button", name="Search for a fair rota").click()
    do_work.func(str(Progress.objects.get().pk), "en")
    desk.reload()
    desk.get_by_role("link", name="See the result").click()
    assert desk.get_by_text("No rota can be better: this is proved.").is_visible()
    desk.get_by_role("button", name="Publish").click()
    assert Rota.objects.get().published_at is not None
    held = {one.membership_id: one for one in Assignment.objects.select_related("duty", "membership__person")}
    assert len(held) == 5
    return held


def swap(open_page: Visitor, town: Community, first: Assignment, free: Membership) -> None:
    """Who cannot come asks; who has no duty that week takes it."""
    phone = open_page(size=PHONE, javascript=False, person=first.membership.person)
    phone.goto(f"/c/{town.slug}/duties/")
    phone.get_by_role("link", name="Parent of the day").first.click()
    phone.get_by_role("link", name="I cannot: find somebody").click()
    phone.get_by_role("button", name="Ask").click()
    assert phone.get_by_text("Until somebody takes it, the duty stays where it is.").is_visible()

    other = open_page(size=PHONE, javascript=False, person=free.person)
    other.goto(f"/c/{town.slug}/duties/")
    other.get_by_role("link", name="Answer").click()
    other.get_by_role("button", name="I take it").click()
    assert other.get_by_text("It is yours. Thank you.").is_visible()


def join_a_committee(page: Any, program: Program) -> None:
    steps.at_program(page, program, "jobs/to-fill/")
    page.get_by_role("link", name=re.compile("Personnel committee")).first.click()
    page.get_by_role("link", name="Offer to do it").click()
    page.get_by_role("button", name="I offer to do it").click()


def propose_two_a_week(page: Any, program: Program) -> Proposal:
    steps.at_program(page, program, "design/")
    page.locator("#rota summary").first.click()
    page.get_by_role("link", name=re.compile("Propose a change.*Rota")).first.click()
    page.get_by_label("At most this many duties of a family in a week").fill("2")
    page.get_by_role("button", name="Go on to the words").click()
    return steps.put_forward(page, "Some can come twice in one week and not at all in another.")


def test_a_nursery_goes_once_around(town: Community, open_page: Visitor) -> None:
    cora, parents = person_in(town, "Cora", roles=[Role.COORDINATOR]), people_in(town, *NAMES)
    desk = open_page(person=cora.person)
    program = start_the_nursery(desk, town)
    families_come(program, parents, cora)
    hers = open_page(size=PHONE, javascript=False, person=parents[0].person)
    pages, looks_over = {"uses": hers, "provides": desk}, {USES: parents[1], PROVIDES: cora}
    for following in ("co-design", "co-commission", "co-deliver"):
        assert steps.stage_done(pages, program) == following

    held = make_and_publish(desk, town, today() + timedelta(days=7 - today().weekday()))
    first = min(held.values(), key=lambda one: one.duty.starts_at)
    free = next(parent for parent in parents if parent.pk not in held)
    swap(open_page, town, first, free)
    desk.goto(f"/c/{town.slug}/duties/rota/{Rota.objects.get().pk}/print/")
    assert desk.get_by_text(free.person.name).is_visible()
    assert not desk.get_by_text(first.membership.person.name).is_visible()
    join_a_committee(hers, program)
    assert JobTerm.objects.get().membership == parents[0]
    assert steps.stage_done(pages, program) == "co-assess"

    voters = {**pages, "another": open_page(size=PHONE, javascript=False, person=parents[2].person)}
    assert steps.decide(desk, voters, propose_two_a_week(hers, program), looks_over).outcome == "passed"
    assert steps.stage_done(pages, program) == "co-plan"
    assert (design_of(program)["rota"]["most_a_week"], program.versions.count()) == (2, 2)
