"""How a consent round is shown: the two sides, who stands where, and the life of each objection."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.decisions.actions.circles import counts_silence
from alongside.decisions.models import (
    AdvicePlan,
    Decision,
    Draft,
    Finding,
    Objection,
    RollEntry,
    RoundSeen,
    SmallEdit,
    Stance,
    Version,
)
from alongside.decisions.saying import name_of
from alongside.decisions.views.finding import allowed
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, subject
from alongside.people.models import Membership

TONES = {
    "raised": "careful", "clarified": "careful", "integrated": "good", "withdrawn": "quiet",
    "not_qualified": "quiet", "unresolved": "stop",
}  # fmt: skip
SAID = {
    Stance.Kind.OBJECTION: "careful", Stance.Kind.CONSENT: "good", Stance.Kind.CONCERN: "good",
    Stance.Kind.ABSENT: "quiet", Stance.Kind.PENDING: "waiting",
}  # fmt: skip
# Who says most is read first; a long side is folded.
ORDER = [Stance.Kind.OBJECTION, Stance.Kind.CONCERN, Stance.Kind.PENDING, Stance.Kind.CONSENT, Stance.Kind.ABSENT]
SHORT = 12


def is_going(decision: Decision) -> bool:
    """May people still say something?"""
    return decision.is_open and now() < decision.closes_at


def of_round(request: MemberRequest, found: Decision) -> dict[str, Any]:
    """All that the page of a round shows."""
    names = may(request, "people.see_members")
    entries = RollEntry.objects.on(found).select_related("membership__person").order_by("membership__person__name")
    said = {one.membership_id: one for one in Stance.objects.on(found)}
    seen = set(RoundSeen.objects.on(found).filter(version=found.version_id).values_list("membership_id", flat=True))
    silence = counts_silence(found)
    rows = [_row(entry, said.get(entry.membership_id), found) for entry in entries]
    for row in rows:
        row["is_silent"] = silence and row["kind"] == Stance.Kind.PENDING and row["member"].pk in seen
        if row["is_silent"]:
            row["word"], row["tone"] = _("has read it"), "good"
    halves = [_half(found, side, [row for row in rows if row["side"] == side]) for side in found.sides]
    objections = list(Objection.objects.on(found).with_people().select_related("clarified_by__person").in_order())
    mine = next((row for row in rows if row["member"] == subject(request)), None)
    facilitates = request.acting_for is None and may(request, "decisions.facilitate", found)
    return {
        "decision": found,
        "shows_people": names,
        "left": halves[0],
        "right": halves[1],
        "cards": [card(one, shows_people=names) for one in objections],
        "open_count": sum(one.is_open for one in objections),
        "mine": mine,
        "is_going": is_going(found),
        "my_objections": [one for one in objections if mine and one.membership_id == mine["member"].pk and one.is_open],
        "waiting": [one for one in objections if one.is_open] if facilitates and is_going(found) else [],
        "facilitators": [
            {"side": name_of(one.side), "member": one.membership}
            for one in found.scrutineers.select_related("membership__person").order_by("side")
        ],
        **_for_authors(request, found),
        **_silence(found, mine, silence),
        **_small_edit(found, facilitates and is_going(found), request),
        "may_run": may(request, "decisions.run_votes") and found.is_open,
        "may_end": found.is_open and (now() >= found.closes_at or _is_settled(rows, objections)),
        "review_on": found.review_on,
        "came_from": AdvicePlan.objects.of(found.community).filter(goes_on_as=found).first(),
    }


def _for_authors(request: MemberRequest, found: Decision) -> dict[str, Any]:
    may_write = allowed(request, "decisions.write_proposal", found.proposal)
    draft = Draft.objects.of(found.community).filter(proposal=found.proposal_id).exists()
    return {"may_write": may_write and is_going(found), "has_draft": draft}


def _silence(found: Decision, mine: dict[str, Any] | None, counts: bool) -> dict[str, Any]:
    """Where silence was announced to count: whether it does on these words, and what the reader can do."""
    waits = mine is not None and mine["kind"] == Stance.Kind.PENDING and is_going(found)
    has_seen = mine is not None and mine["is_silent"]
    return {
        "lazy_days": found.settings.get("lazy_days", 0),
        "counts_silence": counts,
        "has_seen": waits and has_seen,
        "may_note_seen": counts and waits and not has_seen,
    }


def _small_edit(found: Decision, facilitates: bool, request: MemberRequest) -> dict[str, Any]:
    """Whether the present version is called a small edit, and whether the reader may call it so."""
    called = list(SmallEdit.objects.on(found).filter(version=found.version_id))
    mine = {one.side for one in found.scrutineers.all() if one.membership_id == request.membership.pk}
    is_later = found.version.made_at > found.opens_at
    return {
        "facilitates": facilitates,
        "called_small": bool(called),
        "is_small": {one.side for one in called} >= set(found.sides),
        "may_call_small": facilitates and is_later and not mine & {one.side for one in called},
    }


def _is_settled(rows: list[dict[str, Any]], objections: list[Objection]) -> bool:
    return not any(row["kind"] == Stance.Kind.PENDING for row in rows) and not any(one.is_open for one in objections)


def _row(entry: RollEntry, said: Stance | None, found: Decision) -> dict[str, Any]:
    """One person on the roll, and where they stand on the present version."""
    stands = said is not None and (said.version_id == found.version_id or said.kind == Stance.Kind.OBJECTION)
    kind = Stance.Kind(said.kind) if said is not None and stands else Stance.Kind.PENDING
    return {
        "member": entry.membership,
        "side": entry.side,
        "kind": kind,
        "tone": SAID[kind],
        "word": kind.label,
        "words": said.words if said is not None and stands else "",
        "said_before": said is not None and not stands,
    }


def _half(found: Decision, side: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    consents = sum(row["kind"] in {Stance.Kind.CONSENT, Stance.Kind.CONCERN} or row["is_silent"] for row in rows)
    objects = any(row["kind"] == Stance.Kind.OBJECTION for row in rows)
    waits = any(row["kind"] == Stance.Kind.PENDING and not row["is_silent"] for row in rows)
    told = ngettext("%(consents)s of %(roll)s person consents", "%(consents)s of %(roll)s people consent", len(rows))
    return {
        "name": name_of(side),
        "rows": sorted(rows, key=lambda row: ORDER.index(row["kind"])),
        "is_short": len(rows) <= SHORT,
        "word": told % {"consents": consents, "roll": len(rows)},
        "state": "objects" if objects else "open" if waits or not consents else "agreed",
    }


def card(objection: Objection, *, shows_people: bool) -> dict[str, Any]:
    """An objection, and everything that happened to it, the earliest first."""
    findings = Finding.objects.of(objection.community).filter(objection=objection).select_related("membership__person")
    return {
        "objection": objection,
        "tone": TONES[objection.state],
        "word": objection.get_state_display(),
        "life": _life(objection, list(findings.order_by("at")), shows_people=shows_people),
    }


def _life(objection: Objection, findings: list[Finding], *, shows_people: bool) -> list[dict[str, Any]]:
    def who(member: Membership | None) -> str:
        return str(member.person) if member is not None and shows_people else ""

    happened = [_event(objection.raised_at, _("Raised"), "hand", who(objection.membership))]
    if objection.clarified_at:
        understood = _event(
            objection.clarified_at, _("Understood"), "message-circle", who(objection.clarified_by), objection.clarified
        )
        happened.append(understood)
    happened += [_event(one.at, _found_words(one), "scale", who(one.membership), one.reason) for one in findings]
    if objection.answered_in:
        version: Version = objection.answered_in
        told = _("Version %(number)s is meant to take it up") % {"number": version.number}
        where = [objection.community.slug, objection.decision.proposal_id, version.number]
        happened.append({**_event(version.made_at, told, "pencil"), "url": reverse("decisions:version", args=where)})
    if objection.appealed_at:
        happened.append(_event(objection.appealed_at, _("Brought back"), "refresh-cw", who(objection.membership)))
    happened.sort(key=lambda one: one["when"])
    if objection.settled_at:
        happened.append(_event(objection.settled_at, objection.get_state_display().capitalize(), "circle-check"))
    return happened


def _found_words(finding: Finding) -> str:
    told = (
        _("Found to harm no shared aim, for: %(side)s")
        if not finding.is_void
        else _("Found to harm no shared aim, for: %(side)s. No longer counts.")
    )
    return told % {"side": finding.get_side_display()}


def _event(when: datetime, title: str, icon: str, who: str = "", text: str = "") -> dict[str, Any]:
    return {"when": when, "title": title, "icon": icon, "who": who, "text": text}
