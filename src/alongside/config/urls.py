"""The address book of the house: one line a room."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("alongside.people.urls.entrance")),
    path("", include("alongside.ui.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.notices.urls")),
    path("", include("alongside.timebank.urls")),
    path("", include("alongside.gatherings.urls")),
    path("", include("alongside.safeguarding.urls")),
    path("", include("alongside.strengths.urls")),
    path("", include("alongside.decisions.urls")),
    path("", include("alongside.charter.urls")),
    path("", include("alongside.programs.urls")),
    path("", include("alongside.rota.urls")),
    path("", include("alongside.wellbeing.urls")),
    path("", include("alongside.rewards.urls")),
    path("", include("alongside.interop.urls")),
    path("", include("alongside.web.urls")),
]

handler404 = "alongside.web.views.house.not_found"
