"""What a coordinator carries: the list, the letters to print, and marking as done."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.kernel.clock import now
from alongside.notices import actions
from alongside.notices.models import Delivery, DeliveryQuerySet, Way
from alongside.notices.piles import bundles_of, piles_of
from alongside.people.access import MemberRequest, needs
from alongside.ui import flash


@require_GET
@needs("notices.carry_by_hand")
def to_carry(request: MemberRequest) -> HttpResponse:
    """What has no digital way out, by way and person, the first of each; and e-mails in trouble.

    With `old` instead what nobody carried in time.
    """
    here, old = Delivery.objects.of(request.community), "old" in request.GET
    words = {
        "piles": piles_of(_to_carry(request).order_by("id"), whole=request.GET.get("whole", "")),
        "old": old,
        "grown_old": 0 if old else here.grown_old(at=now()).count(),
        "troubles": here.none() if old else here.in_trouble().with_people().order_by("-id")[:50],
    }
    return render(request, "notices/by_hand.html", words)


def _to_carry(request: MemberRequest) -> DeliveryQuerySet:
    here = Delivery.objects.of(request.community)
    return here.grown_old(at=now()) if "old" in request.GET else here.by_hand(at=now())


@require_GET
@needs("notices.carry_by_hand")
def letters(request: MemberRequest) -> HttpResponse:
    """All waiting letters, one sheet a person, in large print and in their language."""
    waiting = _to_carry(request).with_people().filter(way=Way.LETTER).order_by("id")
    words = {
        "letters": bundles_of(waiting),
        "large_print": True,
        "back_url": reverse("notices:by_hand", args=[request.community.slug]),
        "today": now(),
    }
    return render(request, "notices/letters.html", words)


@require_POST
@needs("notices.carry_by_hand")
def carried(request: MemberRequest) -> HttpResponse:
    """Mark as done what still waits of what was ticked, with ten seconds to think again."""
    ticked = set(request.POST.getlist("delivery"))
    waiting = Delivery.objects.of(request.community).not_carried(at=now()).values_list("pk", flat=True)
    if ids := [pk for pk in waiting if str(pk) in ticked]:
        offer = actions.mark_carried(community=request.community, delivery_ids=ids, by=request.user, at=now())
        said = ngettext("%(count)d message is done.", "%(count)d messages are done.", len(ids)) % {"count": len(ids)}
        flash.done(request, said, undo_url=reverse("web:undo", args=[offer.pk]))
    else:
        flash.note(request, _("These were done already. Nothing changed."))
    return redirect("notices:by_hand", request.community.slug)


@require_POST
@needs("notices.carry_by_hand")
def again(request: MemberRequest, delivery_id: UUID) -> HttpResponse:
    """Try an e-mail in trouble once more."""
    delivery = get_object_or_404(Delivery.objects.of(request.community), pk=delivery_id)
    if actions.send_again(delivery=delivery, by=request.user, at=now()):
        flash.done(request, _("We are trying once more."))
    else:
        flash.note(request, _("Somebody has seen to this already."))
    return redirect("notices:by_hand", request.community.slug)


@require_POST
@needs("notices.carry_by_hand")
def carry(request: MemberRequest, delivery_id: UUID) -> HttpResponse:
    """Take an e-mail in trouble over to the list."""
    delivery = get_object_or_404(Delivery.objects.of(request.community).with_people(), pk=delivery_id)
    if actions.carry_by_hand(delivery=delivery, by=request.user, at=now()):
        flash.done(request, _("It is on your list now."))
    else:
        flash.note(request, _("Somebody has seen to this already."))
    return redirect("notices:by_hand", request.community.slug)
