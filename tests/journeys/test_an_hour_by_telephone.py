"""An hour given, told by telephone: from signing in to the statements and two notices."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from alongside.kernel.clock import now
from alongside.people.models import Membership, Person, Role
from alongside.people.tests.factories import community, person_in
from alongside.people.tests.signing_in import code_in_mail
from alongside.timebank import actions as timebank
from tests.support.browser import Visitor


@pytest.fixture
def cora(live_site: str) -> Membership:
    """A coordinator; Edith (7) is never online and wants to be phoned, Amina (12) looks here."""
    place = community("Maple Street")
    timebank.open_time_bank(community=place, by=None, at=now())
    edith = person_in(place, "Edith Marlow", number=7, phone="0700 900 107")
    amina = person_in(place, "Amina Yusuf", number=12, email="amina@example.org")
    prefer(edith, Person.PreferredChannel.PHONE)
    prefer(amina, Person.PreferredChannel.IN_APP)
    return person_in(place, "Cora", number=1, email="cora@example.org", roles=[Role.PARTICIPANT, Role.COORDINATOR])


def prefer(member: Membership, channel: str) -> None:
    Person.objects.filter(pk=member.person_id).update(preferred_channel=channel)


def test_a_phoned_hour_reaches_both_statements_and_both_people(cora: Any, open_page: Visitor, monkeypatch: Any) -> None:
    page = open_page()
    sign_in_by_code(page, cora)
    page.goto(f"/c/{cora.community.slug}/")

    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Broker desk").click()
    page.wait_for_load_state()  # the list under the field opens once the page's script runs; a robot types sooner
    page.get_by_label("Who helped?").press_sequentially("edith")
    page.locator("#card-giver").get_by_role("heading", name="Edith Marlow").wait_for()
    page.get_by_label("Who was helped?").fill("amina")
    page.get_by_label("How long?").fill("1:30")
    page.get_by_label("Kind of help").select_option(index=1)
    page.get_by_label("Both of them say so: credit it now").check()
    assert page.get_by_label("How did you hear of it?").input_value() == "phone"
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Edith Marlow helped Amina Yusuf: 1 h 30 min credited.").wait_for()

    assert statement_of(page, cora, "7") == ["+1:30", "1:30"]
    assert statement_of(page, cora, "12") == ["−1:30", "−1:30"]

    a_minute_passes(monkeypatch)
    page.goto(f"/c/{cora.community.slug}/")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="To print and to phone").click()
    to_phone = page.get_by_role("listitem").filter(has_text="Edith Marlow")
    assert to_phone.get_by_role("link", name="0700 900 107").is_visible()
    assert to_phone.get_by_text("Your exchange is confirmed").is_visible()
    assert page.get_by_role("main").get_by_text("Amina Yusuf", exact=True).count() == 0

    hers = open_page(person=Person.objects.get(name="Amina Yusuf"))
    hers.goto(f"/c/{cora.community.slug}/")
    hers.get_by_role("navigation", name="Menu").get_by_role("link", name="Notices").click()
    hers.get_by_role("heading", name="Your exchange is confirmed").wait_for()


def sign_in_by_code(page: Any, member: Membership) -> None:
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your e-mail address").fill(member.person.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the e-mail").fill(code_in_mail())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def statement_of(page: Any, broker: Membership, number: str) -> list[str]:
    """What the only movement of a member says: hours and running balance."""
    page.goto(f"/c/{broker.community.slug}/desk/find/?q={number}")
    page.get_by_role("link", name="Statement").click()
    page.get_by_role("heading", name="Statement").wait_for()
    [movement] = [row for row in page.locator("tbody tr").all() if row.locator(".movement").count()]
    return [cell.inner_text().split()[-1] for cell in movement.locator("td.number").all()]


def a_minute_passes(monkeypatch: Any) -> None:
    """What may still be undone is told only when its seconds are over."""
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=1))
