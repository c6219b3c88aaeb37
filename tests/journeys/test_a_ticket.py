"""A volunteer reads a code from her telephone, and a desk without a script hands the ticket over, once."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.rewards.tests.scenes import gave, only, small_program, url, volunteers
from tests.support.browser import PHONE, Visitor


def test_from_four_hours_to_a_ticket_that_counts_once(open_page: Visitor) -> None:
    program, cora = small_program()
    ana, ben = volunteers(program, "Ana", "Ben")
    dora = person_in(program.community, "Dora", roles=[Role.PROFESSIONAL])
    gave(program, (ana, 240), (ben, 239), at=now() - timedelta(days=2))

    hers = open_page(size=PHONE, person=ana.person)
    hers.goto(url("mine", program.community))
    hers.get_by_role("link", name=re.compile("A ticket for the concert")).first.click()
    code = hers.locator(".reward-code").inner_text()

    desk = open_page(size=PHONE, person=dora.person, javascript=False)
    desk.goto(url("desk", program.community))
    desk.get_by_label("Code, or serial of the note").fill(code.lower().replace("-", " "))
    desk.get_by_role("button", name="Look it up").click()
    expect(desk.get_by_text("Ana", exact=True)).to_have_count(1)
    desk.get_by_role("button", name="Hand it over").click()
    assert "Handed over to Ana" in desk.content()

    hers.reload()
    assert "The code opens nothing any more." in hers.content()
    his = open_page(size=PHONE, person=ben.person, language="es")
    his.goto(url("mine", program.community))
    assert "Te falta: 1\xa0minuto." in his.locator("main").inner_text()
    assert (only(ana).state, only(ana).settled_by) == ("redeemed", dora.person)
    assert cora.community == program.community
