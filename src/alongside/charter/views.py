"""The community's own rules: read, proposed part by part, put right by founders, and their versions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.charter import actions, words
from alongside.charter.forms import ListForm, PartForm
from alongside.charter.in_force import is_founding, values_in_force
from alongside.charter.models import CharterVersion
from alongside.charter.parts import PARTS, Part
from alongside.charter.refusals import EXPECTED, words_for
from alongside.charter.rules.values import CATEGORIES, HOUSE_RULES, LISTS, Values, applied, difference, stale
from alongside.charter.showing import part_shown, versions_shown
from alongside.decisions.models import Proposal
from alongside.decisions.policy import how_we_talk
from alongside.decisions.views.finding import allowed, find_draft, may_write_for, speaker_of, writer_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank.models import Category, RecognisedKind, TimeBank
from alongside.ui import flash


def _in_force(request: MemberRequest) -> Values:
    """The values that hold here; 404 in a community without a time bank."""
    try:
        return values_in_force(request.community)
    except TimeBank.DoesNotExist:
        raise Http404 from None


@needs("charter.see")
def home(request: MemberRequest) -> HttpResponse:
    """All rules as they are, what is proposed about them, and the way to propose something else."""
    now_set = _in_force(request)
    newest = CharterVersion.objects.of(request.community).newest_first().first()
    about = Proposal.objects.of(request.community).open().filter(subject=actions.SUBJECT)
    context = {
        "parts": [part_shown(part, now_set) for part in PARTS.values()],
        "talk": how_we_talk(request.community),
        "newest": newest,
        "proposals": about.latest_first(),
        "may_found": may(request, "charter.found") and is_founding(request.community),
        "may_propose": allowed(request, "charter.propose"),
    }
    return render(request, "charter/home.html", context)


@needs("charter.see")
def on_paper(request: MemberRequest) -> HttpResponse:
    """The rules to hand out, in large print unless small is asked for."""
    now_set = _in_force(request)
    context = {
        "parts": [part_shown(part, now_set) for part in PARTS.values() if part.keys != (HOUSE_RULES,)],
        "talk": how_we_talk(request.community),
        "newest": CharterVersion.objects.of(request.community).newest_first().first(),
        "large_print": "small" not in request.GET,
        "back_url": reverse("charter:home", args=[request.community.slug]),
        "at": now(),
    }
    return render(request, "charter/on_paper.html", context)


@needs("charter.see")
def versions(request: MemberRequest) -> HttpResponse:
    """Every version, the newest first: what it changed, and the decision it came of."""
    return render(request, "charter/versions.html", {"rows": versions_shown(request.community)})


def _form(request: MemberRequest, part: Part, deed: str, told: dict[str, Any]) -> PartForm | None:
    """The form of a part; None where a list is only shown, with what can be done to it."""
    if part.form is not None:
        return part.form(request.POST or None, **told)
    if not deed:
        return None
    archived = _outside(request, part, told["values"])
    return ListForm(request.POST or None, kind=part.keys[0], what=deed, archived=archived, **told)


def _outside(request: MemberRequest, part: Part, values: Values) -> list[Category | RecognisedKind]:
    """What was in the list of a part once, or would be taken out of it."""
    kind = part.keys[0]
    model = Category if kind == CATEGORIES else RecognisedKind
    inside = [row[0] for row in values[kind]]
    return list(model.objects.of(request.community).exclude(pk__in=inside).order_by("name"))


def _part_page(
    request: MemberRequest,
    part: Part,
    deed: str,
    *,
    told: dict[str, Any],
    keep: Callable[[PartForm], HttpResponse],
    way: str,
    context: dict[str, Any],
    where: tuple[Any, ...] = (),
) -> HttpResponse:
    """Ask for a part of the rules; `keep` does something with the values. `way`: the url name of this page."""
    if deed and deed not in (part.deeds or {}):
        raise Http404
    form = _form(request, part, deed, told)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            return keep(form)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
    place = [request.community.slug, *where, part.slug]
    deeds = [
        {"name": name, "url": reverse(f"charter:{way}_in_list", args=[*place, each])}
        for each, name in (part.deeds or {}).items()
        if each != "again" or _outside(request, part, told["values"])
    ]
    rows = told["values"][part.keys[0]] if part.keys[0] in LISTS else []
    page = {"part": part, "form": form, "deed": (part.deeds or {}).get(deed, ""), "deeds": deeds, "rows": rows}
    return render(request, "charter/part.html", {**page, **context})


@needs("charter.propose")
def propose(request: MemberRequest, part: str, deed: str = "") -> HttpResponse:
    """Other values for a part of the rules; they become a proposal, in the words of whoever makes it."""
    before = _in_force(request)

    def keep(form: PartForm) -> HttpResponse:
        change = difference(before, form.told())
        speaker = speaker_of(request, form.cleaned_data)
        made = actions.propose(
            membership=speaker.membership,
            title=words.title_of(change),
            words={"text": words.text_of(change)},
            change=change,
            at=now(),
            key=form.cleaned_data["key"],
            **speaker.deed(),
        )
        flash.done(request, _("The values are kept. Now say why, in your own words."))
        return redirect("decisions:write", request.community.slug, made.pk)

    context = {
        "back": reverse("charter:home", args=[request.community.slug]),
        "submit": _("Go on to the words"),
        "about": _("Our rules"),
        "note": _("Nothing changes yet. Both sides decide about it together."),
    }
    told = {"values": before, "people": may_write_for(request)}
    return _part_page(request, PARTS[part], deed, told=told, keep=keep, way="propose", context=context)


@needs("charter.found")
def found(request: MemberRequest, part: str, deed: str = "") -> HttpResponse:
    """Who begins a community puts its first rules right, while nobody else could decide with them."""
    if not is_founding(request.community):
        flash.sorry(request, words_for(actions.DecidedTogetherNow()))
        return redirect("charter:propose", request.community.slug, part)
    before = _in_force(request)

    def keep(form: PartForm) -> HttpResponse:
        actions.found(community=request.community, change=difference(before, form.told()), by=request.user, at=now())
        flash.done(request, _("Kept, and in force."))
        return redirect("charter:home", request.community.slug)

    context = {
        "back": reverse("charter:home", args=[request.community.slug]),
        "submit": _("Keep it"),
        "about": _("Put it right"),
        "note": _("You can put the first rules right until people of both sides are here."),
    }
    return _part_page(request, PARTS[part], deed, told={"values": before}, keep=keep, way="found", context=context)


@needs("charter.propose")
def values(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """The values that the draft of a proposal would set, and the way to each part."""
    draft = find_draft(request, proposal_id)
    if draft.proposal.subject != actions.SUBJECT:
        raise Http404
    context = {"draft": draft, "proposal": draft.proposal, "parts": PARTS.values()}
    return render(request, "charter/values.html", context)


@needs("charter.propose")
def change_values(request: MemberRequest, proposal_id: UUID, part: str, deed: str = "") -> HttpResponse:
    """Other values for a part, in the draft of a proposal about the rules."""
    draft = find_draft(request, proposal_id)
    proposal = draft.proposal
    if proposal.subject != actions.SUBJECT:
        raise Http404
    before = _in_force(request)
    # What has become something else since begins from what holds now.
    fresh = {key: each for key, each in draft.change.items() if key not in stale(before, draft.change)}

    def keep(form: PartForm) -> HttpResponse:
        change = difference(before, form.told())
        writer = writer_of(request, proposal)
        actions.change_values(
            proposal=proposal, change=change, seen=form.cleaned_data["seen"] or draft.changed_at, at=now(),
            **writer.deed(),
        )  # fmt: skip
        flash.done(request, _("The values are kept."))
        return redirect("decisions:write", request.community.slug, proposal.pk)

    context = {
        "back": reverse("charter:values", args=[request.community.slug, proposal.pk]),
        "submit": _("Keep these values"),
        "about": proposal.title,
        "note": _("The words of the proposal stay as they are: change them too, where they tell the values."),
    }
    told = {"values": applied(before, fresh), "seen": draft.changed_at}
    return _part_page(
        request, PARTS[part], deed, told=told, keep=keep, way="change_values", context=context, where=(proposal.pk,)
    )
