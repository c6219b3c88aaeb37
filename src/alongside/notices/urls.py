"""Addresses of notices: mine, the coordinator's list, and two places outside a community."""

from django.urls import path

from alongside.notices.views import by_hand, mine, outside

app_name = "notices"
urlpatterns = [
    # A person's own
    path("c/<slug:community_slug>/notices/", mine.notices, name="list"),
    path("c/<slug:community_slug>/notices/read/", mine.read_all, name="read_all"),
    path("c/<slug:community_slug>/notices/<uuid:notice_id>/open/", mine.open_notice, name="open"),
    path("c/<slug:community_slug>/notices/choices/", mine.choices, name="choices"),
    path("c/<slug:community_slug>/notices/stop/", mine.stop_all, name="stop_all"),
    # What a coordinator carries
    path("c/<slug:community_slug>/notices/by-hand/", by_hand.to_carry, name="by_hand"),
    path("c/<slug:community_slug>/notices/by-hand/done/", by_hand.carried, name="carried"),
    path("c/<slug:community_slug>/notices/by-hand/letters/", by_hand.letters, name="letters"),
    path("c/<slug:community_slug>/notices/by-hand/<uuid:delivery_id>/again/", by_hand.again, name="again"),
    path("c/<slug:community_slug>/notices/by-hand/<uuid:delivery_id>/carry/", by_hand.carry, name="carry"),
    # Without a community in the address
    path("stop/<str:token>/", outside.stop, name="stop"),
    path("work/<uuid:progress_id>/", outside.progress, name="progress"),
]
