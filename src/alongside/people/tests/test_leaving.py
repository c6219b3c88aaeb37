"""A goodbye: everything of mine, leaving, being erased; and nothing forgotten by any room."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.kernel.models import Activity
from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.exporting import export_zip
from alongside.people.models import Group, Membership, Person, Role
from alongside.people.tests.factories import (
    NOON,
    also_in,
    browser_of,
    community,
    coordinator_in,
    people_in,
    person_in,
    standing_for,
)

pytestmark = pytest.mark.django_db


def files_of(person: Person) -> dict[str, Any]:
    archive = zipfile.ZipFile(io.BytesIO(export_zip(person)))
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_everything_of_mine_is_one_file_of_tables() -> None:
    town = community()
    ana = person_in(town, "Ana", phone="07700 900100", area="=cmd|'/c calc'!A1")
    other = also_in(community("Second"), ana)

    files = files_of(ana.person)
    rows = list(csv.DictReader(io.StringIO(files["people.memberships.csv"])))

    assert [row["community"] for row in rows] == ["Maple Street", "Second"]
    assert rows[0]["area"] == "'=cmd|'/c calc'!A1"
    assert json.loads(files["everything.json"])["people.me"][0]["phone"] == "07700 900100"
    assert json.loads(files["everything.json"])["people.memberships"][0]["area"] == "=cmd|'/c calc'!A1"
    assert other.community.name in files["people.memberships.csv"]


def test_the_file_tells_nothing_of_other_people_but_their_names() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    ben.person.phone = "07700 999999"
    ben.person.save()
    share = people.ask_for_contact(asker=ana, asked=ben, words="Hi", at=NOON)
    people.answer_contact(share=share, agreed=True, by=ben.person, at=NOON)

    everything = "".join(files_of(ana.person).values())

    assert "Ben" in everything
    assert "07700 999999" not in everything


def test_leaving_ends_what_runs_and_keeps_the_history() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    people.make_body(kind=Group, community=town, name="Choir", leader=ana, by=ana.person, at=NOON)
    people.ask_for_contact(asker=ana, asked=ben, words="", at=NOON)

    people.leave_community(membership=ana, by=ana.person, at=NOON)

    assert ana.left_at == NOON
    assert not ana.places.exists()
    assert [held.ended_at for held in ana.roles.all()] == [NOON]
    assert not ana.contacts_asked.filter(ended_at=None).exists()
    assert browser_of(ana).get(reverse("web:home", args=[town.slug])).status_code == 404


def test_somebody_without_a_screen_asks_for_their_file_by_phone() -> None:
    town = community()
    ana, cora = person_in(town, "Ana", phone="07700 900100"), coordinator_in(town)
    address = reverse("people:everything_of_member", args=[town.slug, ana.pk])

    answer = browser_of(cora).post(address, {"channel": "phone"})
    entry = Activity.objects.get(did="people.everything_handed_over")

    assert "07700 900100" in zipfile.ZipFile(io.BytesIO(answer.content)).read("people.me.csv").decode()
    assert (entry.by_id, entry.on_behalf_of_id, entry.channel) == (cora.person_id, ana.person_id, Channel.PHONE)
    assert browser_of(person_in(town, "Ben")).post(address, {"channel": "phone"}).status_code == 403


def test_somebody_without_a_screen_is_erased_at_their_word() -> None:
    town = community()
    ana, cora = person_in(town, "Ana"), coordinator_in(town)
    address = reverse("people:erase_member", args=[town.slug, ana.pk])
    browser = browser_of(cora)

    browser.post(address, {"channel": "paper", "typed": "yes"})
    ana.person.refresh_from_db()
    assert ana.person.name == "Ana"
    browser.post(address, {"channel": "paper", "typed": "ERASE"})
    ana.person.refresh_from_db()
    entry = Activity.objects.get(did="people.erased")

    assert str(ana.person) == "Former member"
    assert (entry.by_id, entry.on_behalf_of_id, entry.channel) == (cora.person_id, ana.person_id, Channel.PAPER)


def test_who_signs_in_or_belongs_elsewhere_too_is_erased_by_nobody_else() -> None:
    town = community()
    ana, ben, cora = person_in(town, "Ana"), person_in(town, "Ben"), coordinator_in(town)
    also_in(community("Second"), ana)
    Person.objects.filter(pk=ben.person_id).update(last_login=NOON)

    for member in (ana, ben):
        for name in ("people:everything_of_member", "people:erase_member"):
            browser_of(cora).post(reverse(name, args=[town.slug, member.pk]), {"channel": "phone", "typed": "ERASE"})
        with pytest.raises(people.NotYoursToChange):
            people.erase_kept_person(membership=member, by=cora.person, at=NOON, channel=Channel.PHONE)

    assert set(Person.objects.filter(erased_at=None).values_list("name", flat=True)) >= {"Ana", "Ben"}
    assert not Activity.objects.filter(did="people.everything_handed_over").exists()


def test_the_last_steward_leaves_only_on_purpose() -> None:
    ana = person_in(community(), "Ana", roles=[Role.STEWARD])

    with pytest.raises(people.LastOfTheirKind):
        people.leave_community(membership=ana, by=ana.person, at=NOON)
    people.leave_community(membership=ana, by=ana.person, at=NOON, even_the_last=True)

    assert ana.left_at == NOON


def test_leaving_one_community_changes_nothing_in_another() -> None:
    ana = person_in(community(), "Ana")
    second = also_in(community("Second"), ana)

    people.leave_community(membership=ana, by=ana.person, at=NOON)

    assert standing_for(second).roles == {Role.PARTICIPANT}


def test_who_is_erased_becomes_a_former_member_everywhere() -> None:
    town = community()
    ana = person_in(town, "Ana Ruiz", email="ana@example.org", phone="07700 900100", area="Old Mill")
    cora = coordinator_in(town)
    abilities.register("tests.act", "do something")
    second = also_in(community("Second"), ana)
    people.let_act(
        membership=ana,
        helper=cora,
        abilities=["tests.act"],
        consent_how=Channel.PHONE,
        consent_words="Ana said yes",
        expires_on=NOON.date(),
        by=cora.person,
        at=NOON,
    )

    erased = people.erase_person(person=ana.person, by=ana.person, at=NOON)

    assert str(erased) == "Former member"
    assert not erased.is_active
    assert (erased.email, erased.phone, erased.search_name) == (None, "", "")
    for membership in Membership.objects.filter(pk__in=[ana.pk, second.pk]):
        assert (membership.left_at, membership.area) == (NOON, "")
    assert "Ana" not in everywhere(Person, Membership, *apps.get_app_config("people").get_models())


def everywhere(*tables: Any) -> str:
    return " ".join(str(row) for table in tables for row in table._default_manager.values())


def test_the_page_erases_only_with_the_word_typed() -> None:
    ana = person_in(community(), "Ana")
    browser, address = browser_of(ana), reverse("people:erase")
    session = browser.session
    session["signed_in_at"] = now().timestamp()
    session.save()
    browser.post(address, {"typed": "yes"})
    ana.person.refresh_from_db()
    assert ana.person.name == "Ana"

    answer = browser.post(address, {"typed": " erase "})
    ana.person.refresh_from_db()
    assert ana.person.name == ""
    assert answer["Location"] == reverse("people:erased")
    assert browser.get(reverse("people:me")).status_code == 302
