"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from alongside.decisions.models import Author, Contribution, Draft, Proposal, Reaction, Source, Version
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(
        room="decisions",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.Proposal.made_by",
            "decisions.Proposal.keyed_by",
            "decisions.Author.membership",
            "decisions.Version.made_by",
            "decisions.Version.keyed_by",
            "decisions.Contribution.membership",
            "decisions.Contribution.keyed_by",
            "decisions.Contribution.answered_by",
            "decisions.Contribution.hidden_by",
            "decisions.Reaction.membership",
            "decisions.Reaction.keyed_by",
            "decisions.Source.membership",
            "decisions.Source.keyed_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about a person, in every community, in plain rows."""
    mine = Author.objects.filter(membership__person=person).select_related("proposal").order_by("joined_at", "id")
    versions = Version.objects.filter(made_by__person=person).select_related("proposal").order_by("made_at", "id")
    drafts = Draft.objects.filter(proposal__made_by__person=person).select_related("proposal").order_by("id")
    said = Contribution.objects.filter(membership__person=person).select_related("proposal").order_by("at", "id")
    answers = Contribution.objects.filter(answered_by__person=person).order_by("answered_at", "id")
    stands = Reaction.objects.filter(membership__person=person).select_related("proposal", "version")
    sources = Source.objects.filter(membership__person=person, removed_at=None).select_related("proposal")
    return {
        "sources_of_proposals": [
            {"proposal": each.proposal.title, "title": each.title, "url": each.url, "file": each.file_name}
            for each in sources.defer("data").order_by("at", "id")
        ],
        "proposals": [
            {"title": each.proposal.title, "state": each.proposal.state, "since": each.joined_at.isoformat()}
            for each in mine
        ],
        "words_of_proposals": [*map(_version_row, versions), *map(_draft_row, drafts)],
        "words_on_proposals": [_contribution_row(each) for each in said],
        "answers_on_proposals": [
            {"answer": each.answer, "status": each.status, "at": each.answered_at.isoformat()} for each in answers
        ],
        "reactions_to_proposals": [
            {"proposal": each.proposal.title, "version": each.version.number, "kind": each.kind, "side": each.side}
            for each in stands.order_by("at", "id")
        ],
    }


def _version_row(version: Version) -> dict[str, Any]:
    return {
        "proposal": version.proposal.title,
        "version": version.number,
        **_words_of(version),
        "made_at": version.made_at.isoformat(),
    }


def _draft_row(draft: Draft) -> dict[str, Any]:
    return {
        "proposal": draft.proposal.title,
        "version": None,
        **_words_of(draft),
        "made_at": draft.changed_at.isoformat(),
    }


def _words_of(words: Version | Draft) -> dict[str, str]:
    return {
        "text": words.text,
        "why": words.why,
        "affects": words.affects,
        "changes": words.changes,
        "summary": words.summary,
    }


def _contribution_row(said: Contribution) -> dict[str, Any]:
    return {
        "proposal": said.proposal.title,
        "kind": said.kind,
        "text": said.text,
        "side": said.side,
        "at": said.at.isoformat(),
        "status": said.status,
        "answer": said.answer,
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they said and where they stood, and the proposals that are theirs alone.

    A proposal that others wrote, talked over or voted on stays: it is the community's by now, and no
    longer carries a name. Of a comment with an answer the words go and the answer stays.
    """
    said = Contribution.objects.filter(membership__person=person)
    said.filter(status=Contribution.Status.OPEN, replies=None).delete()
    said.update(text="", words_erased_at=at)
    Contribution.objects.filter(answered_by__person=person).update(answer="")
    Reaction.objects.filter(membership__person=person).delete()
    # What people voted on stays as they saw it.
    sources = Source.objects.filter(membership__person=person)
    sources.exclude(proposal__state__in=[Proposal.State.VOTING, Proposal.State.DECIDED]).delete()
    for proposal in _theirs_alone(person):
        _delete_unless_voted_on(proposal)
    Author.objects.filter(membership__person=person).delete()


def _theirs_alone(person: Person) -> list[Proposal]:
    """Proposals nobody else has written or said a word about."""
    others = [
        Exists(model.objects.filter(proposal=OuterRef("pk")).exclude(**{f"{field}__person": person}))
        for model, field in (
            (Author, "membership"),
            (Version, "made_by"),
            (Contribution, "membership"),
            (Reaction, "membership"),
        )
    ]
    mine = Proposal.objects.filter(made_by__person=person).exclude(
        state__in=[Proposal.State.VOTING, Proposal.State.DECIDED]
    )
    for other in others:
        mine = mine.exclude(other)
    return list(mine)


def _delete_unless_voted_on(proposal: Proposal) -> None:
    try:
        with transaction.atomic():
            proposal.delete()
    except ProtectedError:
        return


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """They stand for nothing any more: drafts of theirs alone go, and other authors carry on.

    A proposal left without an author stays open, and the coordinators look after it.
    """
    community = membership.community
    authors = Author.objects.of(community)
    others = authors.filter(proposal=OuterRef("pk")).exclude(membership=membership)
    mine = Proposal.objects.of(community).by_author(membership)
    mine.drafts().exclude(Exists(others)).delete()
    authors.filter(membership=membership).delete()
    Reaction.objects.of(community).filter(membership=membership, proposal__state__in=Proposal.OPEN).delete()


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move proposals and words to the record that stays; where both stood somewhere, the later word counts."""
    community = kept.community
    for model, field in (
        (Proposal, "made_by"),
        (Version, "made_by"),
        (Contribution, "membership"),
        (Contribution, "answered_by"),
        (Source, "membership"),
    ):
        model.objects.of(community).filter(**{field: dropped}).update(**{field: kept})
    mine = Author.objects.of(community).filter(membership=kept)
    theirs = Author.objects.of(community).filter(membership=dropped)
    theirs.filter(proposal__in=mine.values("proposal")).delete()
    theirs.update(membership=kept)
    for reaction in Reaction.objects.of(community).filter(membership=dropped):
        _merge_reaction(reaction, kept)


def _merge_reaction(theirs: Reaction, kept: Membership) -> None:
    mine = Reaction.objects.of(kept.community).filter(membership=kept, proposal=theirs.proposal_id).first()
    if mine is not None and mine.at >= theirs.at:
        theirs.delete()
        return
    if mine is not None:
        mine.delete()
    theirs.membership = kept
    theirs.save(update_fields=["membership"])
