"""The door of a made-up community: a page with one button. See `actions.demo_links`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.kernel.clock import now, today
from alongside.people.access import note_refusal, public
from alongside.people.actions import demo_links, signing_in
from alongside.people.models import Membership, Person, RoleHeld, Way


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    person = demo_links.person_behind(token, request=request)
    if person is None:
        note_refusal(request, "people.demo_entry")
        if settings.PRODUCTION:
            raise Http404
        return render(request, "people/demo_link_gone.html", status=410)
    membership = Membership.objects.current().filter(person=person).select_related("community")[0]
    if request.method == "POST":
        signing_in.begin_for(request=request, person=person, way=Way.DEMO, at=now())
        return redirect(reverse("web:home", args=[membership.community.slug]))
    context = {"person": person, "membership": membership, "roles": _roles(person)}
    return render(request, "people/demo_entry.html", context)


def _roles(person: Person) -> list[str]:
    held = RoleHeld.objects.filter(membership__person=person, group=None).on(today())
    return [str(role.get_role_display()) for role in held.order_by("role")]
