"""From a blueprint to a month sheet: families come in, a rota is searched and published, and a duty is swapped."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.kernel.clock import now, today
from alongside.kernel.models import Progress
from alongside.kernel.progress import do_work
from alongside.people import actions as people
from alongside.people.models import Community, Household, Membership
from alongside.people.tests.factories import community, coordinator_in, people_in
from alongside.programs import actions as programs
from alongside.programs.models import Program
from alongside.rota.models import Assignment, Rota
from alongside.safeguarding import actions as safeguarding
from tests.support.browser import PHONE, Visitor

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


def test_a_rota_is_made_published_swapped_and_printed(town: Community, open_page: Visitor) -> None:
    cora, parents = coordinator_in(town), people_in(town, *NAMES)
    desk = open_page(person=cora.person)
    program = start_the_nursery(desk, town)
    families_come(program, parents, cora)
    monday = today() + timedelta(days=7 - today().weekday())

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

    first = min(held.values(), key=lambda one: one.duty.starts_at)
    free = next(parent for parent in parents if parent.pk not in held)
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

    desk.goto(f"/c/{town.slug}/duties/rota/{Rota.objects.get().pk}/print/")
    assert desk.get_by_text(free.person.name).is_visible()
    assert not desk.get_by_text(first.membership.person.name).is_visible()
