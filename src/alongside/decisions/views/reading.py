"""Reading a proposal: its page, its versions and what changed between them, what was said, and on paper."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.decisions.forms.talk import ReactForm, SpeakForm
from alongside.decisions.models import Author, Contribution, Draft, Proposal, Reaction, Source, Version
from alongside.decisions.views.finding import (
    allowed,
    find_proposal,
    find_version,
    may_write_for,
    page_of,
    sides_here,
    usual_side,
)
from alongside.decisions.views.showing import (
    TONES,
    VOICES,
    compared_parts,
    parts_shown,
    sides_shown,
    summary_of,
    talk_about,
    with_quotes,
    with_replies,
)
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs, subject


@needs("decisions.see_proposals")
def proposal(request: MemberRequest, proposal_id: UUID, number: int | None = None) -> HttpResponse:
    """A proposal in its present words, or those of an older version, with all that is said about it."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    if found.state == Proposal.State.DRAFT:
        return redirect("decisions:check", request.community.slug, found.pk)
    present = find_version(found)
    version = find_version(found, number) if number is not None else present
    context = {
        **_about(request, found, version),
        "present": present,
        "is_present": version.pk == present.pk,
        "is_by_number": number is not None,
        "has_draft": Draft.objects.of(request.community).filter(proposal=found).exists(),
        "may_write": allowed(request, "decisions.write_proposal", found),
        "may_answer": allowed(request, "decisions.write_proposal", found),
        "may_moderate": may(request, "decisions.moderate"),
        "talk": talk_about(version),
        **_forms(request, found, present),
    }
    return render(request, "decisions/proposal.html", context)


def _about(request: MemberRequest, found: Proposal, version: Version) -> dict[str, Any]:
    """What every page that shows a proposal needs."""
    shows_people = may(request, "people.see_members")
    shown = sides_shown(find_version(found), hides_few=not shows_people)
    return {
        "proposal": found,
        "version": version,
        "parts": parts_shown(version),
        "tone": TONES[Proposal.State(found.state)],
        "authors": list(Author.objects.of(request.community).filter(proposal=found).with_people().in_order()),
        "shows_people": shows_people,
        "sides": shown,
        "all_sides": [shown.left, shown.right, *shown.others],
        "voices": VOICES,
    }


def _forms(request: MemberRequest, found: Proposal, present: Version) -> dict[str, Any]:
    """What this person may say now, and what they have said."""
    mine = Reaction.objects.of(request.community).filter(proposal=found, membership=subject(request))
    reaction = mine.select_related("version").first()
    if not found.is_open or not allowed(request, "decisions.speak"):
        return {"reaction": reaction, "may_speak": False}
    people, sides = may_write_for(request), sides_here(request)
    side = usual_side(found, subject(request))
    initial = {"number": present.number, "side": side}
    return {
        "reaction": reaction,
        "is_stale": reaction is not None and reaction.version_id != present.pk,
        "may_speak": True,
        "react_form": ReactForm(sides=sides, people=None, initial=initial, auto_id="react_%s"),
        "behalf_form": ReactForm(sides=sides, people=people, initial={"number": present.number}, auto_id="for_%s")
        if people is not None
        else None,
        "speak_form": SpeakForm(sides=sides, people=people, initial=initial, auto_id="speak_%s"),
    }


@needs("decisions.see_proposals")
def versions(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """All versions, and what changed between two of them, word by word."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    rows = list(Version.objects.of(request.community).filter(proposal=found).newest_first())
    by_number = {each.number: each for each in rows}
    latest = rows[0].number if rows else 0
    new = by_number.get(_number(request.GET.get("new", "")), by_number.get(latest))
    old = by_number.get(_number(request.GET.get("old", "")), by_number.get(new.number - 1) if new else None)
    parts = compared_parts(old, new) if old and new and old != new else []
    context = {
        "proposal": found,
        "rows": rows,
        "numbers": sorted(by_number),
        "old": old,
        "new": new,
        "parts": parts,
        "told": summary_of(parts) if parts else "",
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/versions.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@needs("decisions.see_proposals")
def talk(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Everything that was said about a proposal, the newest first."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    said = Contribution.objects.of(request.community).shown().not_replies().filter(proposal=found).with_people()
    if waiting := "waiting" in request.GET:
        said = said.unanswered_questions()
    rows, older = page_of(said.order_by("-at", "-id"), before=request.GET.get("before", ""), by="at")
    with_quotes(rows)
    with_replies(rows, request.community)
    here = reverse("decisions:talk", args=[request.community.slug, found.pk])
    kept = {"waiting": ""} if waiting else {}
    context = {
        "proposal": found,
        "rows": rows,
        "waiting": waiting,
        "older_url": f"{here}?{urlencode({**kept, 'before': older})}" if older else "",
        "may_speak": found.is_open and allowed(request, "decisions.speak"),
        "may_answer": allowed(request, "decisions.write_proposal", found),
        "may_moderate": may(request, "decisions.moderate"),
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/talk.html", context)


@needs("decisions.see_proposals")
def on_paper(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """The proposal as a pack to hand out: plain words first, in large print unless small is asked for."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    version = find_version(found)
    shown = talk_about(version)
    said = [*shown.whole, *(each for part in shown.paragraphs for each in part.said), *shown.older]
    context = {
        **_about(request, found, version),
        "large_print": "small" not in request.GET,
        "back_url": reverse("decisions:proposal", args=[request.community.slug, found.pk]),
        "paragraphs": shown.paragraphs,
        "answered": [each for each in said if each.answer],
        "sources": Source.objects.of(request.community).shown().filter(proposal=found),
        "open_questions": [each for each in said if each.kind == "question" and each.status == "open"],
        "at": now(),
    }
    return render(request, "decisions/on_paper.html", context)
