"""Addresses and files beside a proposal: put there by its authors, opened by members, still while people vote."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions import actions
from alongside.decisions.departures import proposals as departures
from alongside.decisions.models import Proposal, Source
from alongside.decisions.rules.attachments import MOST_BYTES, MOST_SOURCES, media_type_of
from alongside.decisions.tests.proposals import NOON, SOON, community, person_in, proposed, text_of, url
from alongside.decisions.tests.test_proposing import undone
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.tests.factories import browser_of

PDF = b"%PDF-1.7\nprices"


@pytest.fixture
def amina(db):
    return person_in(community(), "Amina")


@pytest.fixture
def lunch(amina):
    return proposed(amina).proposal


def added(proposal, member, *, title="The hall's prices", file=None, address="https://example.org/hall", **told):
    given_file = actions.FileTold("prices.pdf", file) if file is not None else None
    given = {"by": member.person, "at": NOON, "key": uuid4(), **told}
    return actions.add_source(
        proposal=proposal, membership=member, title=title, url="" if file is not None else address, file=given_file,
        **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PDF, "application/pdf"), (b"\x89PNG\r\n\x1a\n1", "image/png"), (b"\xff\xd8\xff1", "image/jpeg"),
        ("Zehn Euro für den Saal".encode(), "text/plain"), (b"", ""), (b"  \n", ""), (b"PK\x03\x04\xff", ""),
        (b"MZ\x90\x00", ""), ("Preise".encode("utf-16"), ""),
    ],
)  # fmt: skip
def test_a_file_is_what_it_holds_whatever_it_is_called(data, media_type):
    assert media_type_of(data) == media_type


@given(st.binary(max_size=50))
def test_no_file_is_ever_taken_for_a_page(data):
    assert media_type_of(data) in {"", "application/pdf", "image/png", "image/jpeg", "text/plain"}


def test_members_open_a_file_as_a_download_that_no_browser_guesses_about(lunch, amina):
    source = added(lunch, amina, file=b"<script>alert(1)</script>")
    noor = person_in(amina.community, "Noor")

    answer = browser_of(noor).get(url("source_file", amina.community, source.pk))

    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("file", "why"), [(b"PK\x03\x04\xff", "kind"), (b"", "size"), (b"a" * (MOST_BYTES + 1), "size")]
)
def test_other_files_are_refused(lunch, amina, file, why):
    with pytest.raises(actions.NotThisFile) as refused:
        added(lunch, amina, file=file)

    assert refused.value.why == why
    assert not Source.objects.exists()


def test_the_same_form_sent_twice_makes_one(lunch, amina):
    key = uuid4()

    assert added(lunch, amina, key=key) == added(lunch, amina, key=key)
    assert Source.objects.count() == 1


def test_twenty_are_enough(lunch, amina):
    for _each in range(MOST_SOURCES):
        added(lunch, amina)

    with pytest.raises(actions.EnoughSources):
        added(lunch, amina)


def test_nothing_moves_while_people_vote(lunch, amina):
    source = added(lunch, amina)
    Proposal.objects.filter(pk=lunch.pk).update(state=Proposal.State.VOTING)

    with pytest.raises(actions.NotTalkedOver):
        added(lunch, amina)
    with pytest.raises(actions.NotTalkedOver):
        actions.remove_source(source=source, by=amina.person, at=SOON)
    with pytest.raises(SomeoneElseWasFaster):
        undone(amina.person)


def test_what_was_taken_off_comes_back_for_ten_seconds_and_is_deleted_later(lunch, amina):
    kept, gone = added(lunch, amina, file=PDF), added(lunch, amina, file=PDF)
    for number, source in enumerate((gone, kept)):
        actions.remove_source(source=source, by=amina.person, at=NOON + timedelta(seconds=number))
    assert not Source.objects.shown().exists()

    undone(amina.person, at=NOON + timedelta(seconds=5))

    assert list(Source.objects.shown()) == [kept]
    assert actions.forget_sources(at=NOON + timedelta(minutes=5)) == 0
    assert actions.forget_sources(at=NOON + timedelta(hours=2)) == 1
    assert list(Source.objects.all()) == [kept]


def test_an_author_puts_a_file_there_on_the_page_and_others_cannot(lunch, amina):
    noor, address = person_in(amina.community, "Noor"), url("add_source", amina.community, lunch.pk)

    def sent():
        file = SimpleUploadedFile("prices.pdf", PDF, content_type="text/html")
        return {"title": "Prices", "file": file, "key": str(uuid4())}

    assert browser_of(noor).post(address, sent()).status_code == 403
    browser_of(amina).post(address, sent())

    read = text_of(browser_of(noor).get(url("proposal", amina.community, lunch.pk)))
    assert "prices.pdf" in read
    assert "Take it off" not in read


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "one of the two"),
        ({"url": "https://example.org", "file": PDF}, "one of the two"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"file": b"PK\x03\x04\xff"}, "Only a PDF"),
    ],
)
def test_what_cannot_stand_there_is_answered_on_the_form(lunch, amina, sent, said):
    told = {"title": "Prices", "key": str(uuid4()), **sent}
    if "file" in told:
        told["file"] = SimpleUploadedFile("prices.pdf", told["file"])

    answer = browser_of(amina).post(url("add_source", amina.community, lunch.pk), told)

    assert said in text_of(answer)
    assert not Source.objects.exists()


def test_a_file_of_a_draft_or_of_another_community_is_not_found(lunch, amina):
    source = added(lunch, amina, file=PDF)
    stranger = person_in(community("Elsewhere"), "Sam")

    assert browser_of(stranger).get(url("source_file", amina.community, source.pk)).status_code == 404
    Proposal.objects.filter(pk=lunch.pk).update(state=Proposal.State.DRAFT)
    noor = person_in(amina.community, "Noor")
    assert browser_of(noor).get(url("source_file", amina.community, source.pk)).status_code == 403


def test_sources_are_in_the_export_and_go_with_who_is_erased_unless_people_voted(lunch, amina):
    voted = proposed(amina, "Tea").proposal
    for proposal in (lunch, voted):
        added(proposal, amina)
    Proposal.objects.filter(pk=voted.pk).update(state=Proposal.State.VOTING)

    assert len(departures.export(amina.person)["sources_of_proposals"]) == 2
    departures.erase(amina.person, by=None, at=SOON)

    assert [source.proposal_id for source in Source.objects.all()] == [voted.pk]
