"""Settings: mine, and for those who keep the community, the community's."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.access import MemberRequest, needs
from alongside.ui import flash
from alongside.web.forms.community import CommunityForm
from alongside.web.settings_links import links_for


@needs("web.see_settings")
def settings(request: MemberRequest) -> HttpResponse:
    """Every setting this person may change, each one link away."""
    return render(request, "web/settings.html", {"shelves": links_for(request.standing)})


@needs("web.change_community")
def community(request: MemberRequest) -> HttpResponse:
    """Name, place, language, time zone, contact and the way in."""
    form = CommunityForm(request.POST) if request.method == "POST" else CommunityForm.of(request.community)
    if form.is_valid():
        people.change_community(community=request.community, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("Saved."))
        return redirect("web:settings", request.community.slug)
    return render(request, "web/community_settings.html", {"form": form})
