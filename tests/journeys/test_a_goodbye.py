"""A goodbye: everything of mine in a file, then erased; the books still balance, as "former member"."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from alongside.kernel.clock import now
from alongside.people.models import Membership, Person, Role
from alongside.people.tests.factories import community, person_in
from alongside.people.tests.signing_in import card_of, sign_in_by_card, who
from alongside.strengths import actions as strengths
from alongside.strengths.actions import Answer
from alongside.strengths.rules.pictures import Section
from alongside.strengths.rules.steps import Step
from alongside.strengths.tests.factories import Neighbor, offer_of, recorded
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account
from tests.support.browser import Visitor

HER_WORDS = (
    "Amina Yusuf",
    "0700 900 112",
    "4 Mill Lane",
    "Harbor",
    "Reading aloud",
    "Poems as well",
    "Calligraphy",
    "The council's letter",
)
SECRETS_OF_BEN = ("0700 900 999", "ben@example.org", "9 Elm Lane", "My two cats")


@pytest.fixture
def neighbors(live_site: str) -> tuple[Neighbor, Neighbor]:
    """Amina read to Ben for 90 minutes, and he thanked her; both have more here than that."""
    place = community("Maple Street")
    timebank.open_time_bank(community=place, by=None, at=now())
    person_in(place, "Cora", roles=[Role.COORDINATOR])
    amina = with_account(person_in(place, "Amina Yusuf", phone="0700 900 112", address="4 Mill Lane", area="Harbor"))
    ben = with_account(person_in(place, "Ben Okoro", phone="0700 900 999", email="ben@example.org"))
    Person.objects.filter(pk=ben.person.pk).update(address="9 Elm Lane")
    offer_of(amina, "Reading aloud", description="Poems as well")
    for one, words in ((amina, "Calligraphy"), (ben, "My two cats")):
        answers = {Section.SKILL: Answer([], [words])}
        strengths.save_profile(
            membership=one.membership, answers=answers, shown_to="coordinators", by=one.person, at=now()
        )
    today = place.day_of(now())
    taken = recorded(amina, ben, minutes=90, note="The council's letter", helped_on=today, at=now())
    strengths.take_step(
        exchange=taken.exchange, step=Step.CONFIRM, by=ben.person, at=now(), seen=taken.exchange.steps_taken
    )
    strengths.say_thanks(exchange=taken.exchange, words="Thank you", by=ben.person, at=now())
    return amina, ben


def with_account(membership: Membership) -> Neighbor:
    account = timebank.open_account(community=membership.community, holder=membership.person, by=None, at=now())
    return Neighbor(membership, account)


def test_a_person_takes_everything_along_and_is_erased(neighbors: Any, open_page: Visitor, client: Any) -> None:
    amina, ben = neighbors
    place, printed = amina.membership.community, card_of(amina.membership)
    hers, his = open_page(person=amina.person), open_page(person=ben.person)

    hers.goto("/me/")
    hers.get_by_role("link", name="Everything of mine").click()
    hers.get_by_role("link", name="Take it with me").click()
    hers.get_by_role("heading", name="First, show that it is you").wait_for()
    hers.get_by_role("button", name="Continue").click()
    hers.get_by_label("The PIN of your card").fill(printed.pin)
    with hers.expect_download() as download:
        hers.get_by_role("button", name="Go on").click()
    everything_is_there(files_in(download.value.path()))

    hers.goto("/me/")
    hers.get_by_role("link", name="Erase me").click()
    hers.get_by_label("Write ERASE to say that you mean it").fill("erase")
    hers.get_by_role("button", name="Erase me for good").click()
    hers.get_by_role("heading", name="Goodbye").wait_for()

    his.goto(f"/c/{place.slug}/hours/accounts/{ben.account.pk}/")
    movement = his.locator("tr", has=his.locator(".movement"))
    assert "former member" in movement.inner_text().lower()
    assert "−1:30" in movement.inner_text()
    assert "Amina" not in his.content()
    assert sum(account.exact_minutes for account in Account.objects.of(place).with_balance()) == 0
    assert check(place, at=now()).findings == []

    sign_in_by_card(client, printed)
    assert who(client) == ""
    hers.goto(f"/c/{place.slug}/")
    assert "/sign-in" in hers.url
    assert leftovers() == []


def files_in(path: Any) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def everything_is_there(files: dict[str, str]) -> None:
    """The same tables twice, her own words and numbers in them, and of Ben nothing but the name."""
    tables = json.loads(files["everything.json"])
    whole = "".join(files.values())

    sizes = {name: len(rows) for name, rows in tables.items() if rows}
    assert {f"{name}.csv" for name in sizes} <= set(files)
    assert {name: len(list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))) for name in sizes} == sizes
    assert [words for words in HER_WORDS if words not in whole] == []
    assert "90" in {row.get("minutes") for row in csv.DictReader(io.StringIO(files["strengths.exchanges.csv"]))}
    assert "Ben Okoro" in whole
    assert [secret for secret in SECRETS_OF_BEN if secret in whole] == []


def leftovers() -> list[str]:
    """What the database still holds of her words, in any text of any table."""
    found = []
    for model in apps.get_models():
        texts = [field.name for field in model._meta.concrete_fields if isinstance(field, TextField | CharField)]
        for row in model._default_manager.values_list(*texts) if texts else ():
            said = " ".join(str(text) for text in row)
            found += [f"{model._meta.label}: {word}" for word in HER_WORDS if word in said]
    return found
