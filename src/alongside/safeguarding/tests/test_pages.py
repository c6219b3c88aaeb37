"""Pages: what people read, what is kept when something is wrong, and who gets in."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel.clock import now, today
from alongside.people import actions as people
from alongside.people.models import Community, Delegation, Group, Membership
from alongside.people.tests.factories import browser_of, child_in, person_in
from alongside.safeguarding import actions, apart
from alongside.safeguarding.models import Check, CheckKind, KeptApart, Lead, Requirement
from alongside.safeguarding.tests.scenes import Street, kept_apart, kind_in, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Street:
    made = street()
    Lead.objects.update(ends_on=today() + timedelta(days=100))
    return made


def at(here: Street, name: str, *args: Any) -> str:
    return reverse(f"safeguarding:{name}", args=[here.town.slug, *args])


def text_of(browser: Client, url: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.get(url).content.decode()))


def check_of(membership: Membership, kind: CheckKind, *, by: Membership, on: date | None = None) -> Check:
    return actions.write_check(membership=membership, kind=kind, seen_on=on or today(), by=by.person, at=now())


def test_everybody_sees_whom_to_talk_to(here: Street):
    text = text_of(browser_of(here.ana), at(here, "home"))

    assert "Lea" in text
    assert "Lars" in text
    assert "People kept apart" not in text
    assert "People kept apart" in text_of(browser_of(here.lea), at(here, "home"))


def test_many_leads_take_no_more_queries(here: Street, django_assert_max_num_queries):
    for number in range(8):
        actions.name_lead(
            membership=person_in(here.town, f"Person {number}"),
            ends_on=today() + timedelta(days=9),
            by=here.stella.person,
            at=now(),
        )

    browser = browser_of(here.ana)

    with django_assert_max_num_queries(16):
        browser.get(at(here, "home"))


def test_a_coordinator_writes_down_a_check_on_one_screen(here: Street):
    kind = kind_in(here.town)
    browser = browser_of(here.cora)
    page = browser.get(at(here, "write", here.ana.pk))
    given = {**page.context["form"].initial, "kind": kind.pk, "channel": "paper", "seen_by": "Stella"}

    answer = browser.post(at(here, "write", here.ana.pk), given, follow=True)

    check = Check.objects.get()
    assert (check.person, check.seen_by, check.written_by, check.channel) == (
        here.ana.person,
        here.stella.person,
        here.cora.person,
        "paper",
    )
    assert "Background check of Ana is written down." in answer.content.decode()
    assert "Undo" in answer.content.decode()


def test_what_was_typed_is_kept_when_a_day_cannot_be(here: Street):
    kind, tomorrow = kind_in(here.town), today() + timedelta(days=1)
    given = {"kind": kind.pk, "channel": "paper", "seen_on": tomorrow, "seen_by": "Stella", "key": kind.pk}

    answer = browser_of(here.cora).post(at(here, "write", here.ana.pk), given)

    assert "That day has not come yet." in answer.content.decode()
    assert 'value="Stella"' in answer.content.decode()
    assert not Check.objects.exists()


def test_a_coordinator_who_writes_their_own_is_told_who_may(here: Street):
    kind = kind_in(here.town)
    given = {"kind": kind.pk, "channel": "paper", "seen_on": today(), "key": kind.pk}

    answer = browser_of(here.cora).post(at(here, "write", here.cora.pk), given)

    assert "Somebody else has to see and write down the check of Cora." in answer.content.decode()


def test_a_paper_pile_is_written_down_at_once(here: Street):
    kind = kind_in(here.town, "Induction")
    people_typed = f"Ana\n{here.ben.number}\n\n ana "
    given = {"people": people_typed, "kind": kind.pk, "channel": "in_person", "seen_on": today(), "key": kind.pk}
    browser = browser_of(here.cora)

    answer = browser.post(at(here, "write_many"), given, follow=True)

    assert "2 checks are written down." in answer.content.decode()
    assert browser.post(at(here, "write_many"), given, follow=True).status_code == 200
    assert set(Check.objects.values_list("person__name", flat=True)) == {"Ana", "Ben"}
    assert Check.objects.count() == 2


def test_each_line_that_fits_nobody_is_named_and_the_others_are_kept(here: Street):
    kind = kind_in(here.town)
    given = {"people": "Ana\nNobody\n99", "kind": kind.pk, "channel": "paper", "seen_on": today(), "key": kind.pk}

    text = browser_of(here.cora).post(at(here, "write_many"), given).content.decode()

    assert "“Nobody”: We found nobody" in text
    assert "“99”: We found nobody" in text
    assert "Ana\nNobody\n99" in text
    assert not Check.objects.exists()


def test_a_person_sees_and_takes_along_their_own_checks_and_nobody_elses(here: Street):
    check_of(here.ana, kind_in(here.town, "=Background"), by=here.cora)
    browser = browser_of(here.ana)

    assert "Seen by Cora" in text_of(browser, at(here, "checks", here.ana.pk))
    file = browser.get(at(here, "checks_file", here.ana.pk))
    assert "'=Background" in file.content.decode("utf-8-sig")
    assert "no-store" in file.headers["Cache-Control"]
    for page in ("checks", "checks_file"):
        assert browser.get(at(here, page, here.ben.pk)).status_code == 403
        assert browser_of(here.stella).get(at(here, page, here.ana.pk)).status_code == 403


def test_who_was_let_see_them_sees_them_and_so_does_the_adult_of_a_child(here: Street):
    helper: Delegation = people.let_act(
        membership=here.ana,
        helper=here.ben,
        abilities=["safeguarding.see_checks"],
        consent_how="web",
        expires_on=today() + timedelta(days=30),
        by=here.ana.person,
        at=now(),
    )
    browser = browser_of(here.ben)

    assert browser.get(at(here, "checks", here.ana.pk)).status_code == 200
    people.end_delegation(delegation=helper, by=here.ana.person, at=now())
    assert browser.get(at(here, "checks", here.ana.pk)).status_code == 403


def test_a_check_is_withdrawn_for_one_of_three_reasons(here: Street):
    check = check_of(here.ana, kind_in(here.town), by=here.cora)
    browser = browser_of(here.cora)

    assert browser.post(at(here, "withdraw", check.pk), {"why": "He was convicted"}).status_code == 200
    browser.post(at(here, "withdraw", check.pk), {"why": "ended"})
    again = browser.post(at(here, "withdraw", check.pk), {"why": "ended"}, follow=True)

    assert "Somebody else has just done this." in again.content.decode()
    assert "Withdrawn" in text_of(browser, at(here, "checks", here.ana.pk))


def test_what_runs_out_and_who_lacks_something_stands_on_one_page(here: Street, django_assert_max_num_queries):
    kind = kind_in(here.town, months=1)
    actions.require(kind=kind, role="steward", by=None, at=now())
    for number in range(12):
        check_of(person_in(here.town, f"Person {number}"), kind, by=here.cora, on=today() - timedelta(days=20))
    browser = browser_of(here.cora)

    with django_assert_max_num_queries(26):
        text = text_of(browser, at(here, "soon"))

    assert text.count("Soon") == 12
    assert "Stella" in text


def test_a_long_list_of_checks_takes_no_more_queries(here: Street, django_assert_max_num_queries):
    for number in range(12):
        check_of(here.ana, kind_in(here.town, f"Kind {number}"), by=here.cora)
    browser = browser_of(here.ana)

    with django_assert_max_num_queries(20):
        browser.get(at(here, "checks", here.ana.pk))


def test_a_steward_says_what_is_asked_for(here: Street):
    browser = browser_of(here.stella)
    choir = Group.objects.create(community=here.town, name="Choir", made_at=now())
    browser.post(at(here, "usual_kinds"))
    reference = CheckKind.objects.get(needed=2)

    browser.post(at(here, "require", reference.pk), {"what": "duty:driving", "group": choir.pk})
    nothing = browser.post(at(here, "require", reference.pk), {"what": "duty:flying"})
    browser.post(at(here, "kind", reference.pk), {"name": "Two references", "months": "", "needed": 3})

    assert nothing.status_code == 200
    assert (Requirement.objects.get().duty, Requirement.objects.get().group) == ("driving", choir)
    text = text_of(browser, at(here, "kinds"))
    assert "Two references" in text
    assert "Drive people, in Choir" in text
    browser.post(at(here, "no_longer_require", Requirement.objects.get().pk))
    browser.post(at(here, "archive_kind", reference.pk), follow=True)
    assert "Two references" not in text_of(browser, at(here, "kinds"))


def test_a_name_that_is_taken_is_said_where_it_was_typed(here: Street):
    kind_in(here.town)
    given = {"name": "Background check", "kind": "training", "months": "", "needed": "1"}

    answer = browser_of(here.stella).post(at(here, "add_kind"), given)

    assert answer.context["form"].errors["name"] == ["There is a kind called “Background check” already."]


def test_a_steward_names_a_lead_and_the_lead_may_end_it(here: Street):
    steward = browser_of(here.stella)
    given = {"who": "Ana", "ends_on": today() + timedelta(days=9)}

    assert "Ana is a safeguarding lead now." in steward.post(at(here, "name_lead"), given, follow=True).content.decode()
    themself = steward.post(at(here, "name_lead"), {**given, "who": "Stella"}).content.decode()
    assert "nobody names themself" in themself
    ana = Lead.objects.get(person=here.ana.person)
    assert browser_of(here.ben).post(at(here, "end_lead", ana.pk)).status_code == 403
    assert browser_of(here.lea).post(at(here, "end_lead", ana.pk)).status_code == 403
    browser_of(here.ana).post(at(here, "end_lead", ana.pk))
    ana.refresh_from_db()
    assert ana.ended_by == here.ana.person


def test_a_lead_writes_down_ends_and_forgets_a_pair(here: Street):
    kit = child_in(here.town, "Kit")
    browser = browser_of(here.lea)
    given = {"one": "Ben", "other": str(kit.number), "reason": "Because of the summer.", "until": ""}

    browser.post(at(here, "keep_apart"), given)
    again = browser.post(at(here, "keep_apart"), {**given, "one": "Kit", "other": "Ben"})

    pair = KeptApart.objects.get()
    assert "These two are kept apart already." in again.content.decode()
    assert "Because of the summer." in text_of(browser, at(here, "pair", pair.pk))
    browser.post(at(here, "end_apart", pair.pk))
    twice = browser.post(at(here, "end_apart", pair.pk), follow=True)
    assert "Somebody else has just done this." in twice.content.decode()
    browser.post(at(here, "forget_apart", pair.pk))
    assert not KeptApart.objects.exists()


def test_a_lead_sees_where_a_pair_is_together_already(here: Street, monkeypatch: pytest.MonkeyPatch):
    """They had signed up before anybody wrote the pair down."""
    pair = kept_apart(here, here.ana, here.ben, at=now())
    monkeypatch.setattr(apart, "_finders", {})

    def choir(town: Community, one: UUID, other: UUID, on: date) -> list[apart.Where]:
        assert {one, other} == {here.ana.person_id, here.ben.person_id}
        return [apart.Where("tests.choir", f"Choir of {town}", on, "/c/choir/")]

    apart.look_in("tests", find=choir)

    assert "Choir of Maple Street" in text_of(browser_of(here.lea), at(here, "pair", pair.pk))
    actions.end_apart(pair=pair, by=here.lea.person, at=now())
    assert "Choir" not in text_of(browser_of(here.lea), at(here, "pair", pair.pk))


def test_pages_of_pairs_are_kept_by_no_browser(here: Street):
    pair = kept_apart(here, here.ana, here.ben, at=now())

    for url in (at(here, "apart"), at(here, "pair", pair.pk)):
        assert "no-store" in browser_of(here.lea).get(url).headers["Cache-Control"]


def test_a_form_about_a_pair_asks_for_a_day_to_come(here: Street):
    given = {"one": "Ana", "other": "Ben", "reason": "x", "until": today() - timedelta(days=1)}

    answer = browser_of(here.lea).post(at(here, "keep_apart"), given)

    assert "until" in answer.context["form"].errors
