"""What is mine, here and everywhere."""

from django.urls import URLPattern, URLResolver, path

from alongside.people.views import myself

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", myself.me, name="me"),
    path("me/details/", myself.details, name="details"),
    path("me/everything/", myself.everything, name="everything"),
    path("me/everything.zip", myself.everything_file, name="everything_file"),
    path("me/erase/", myself.erase, name="erase"),
    path("me/records/<uuid:membership_id>/claim/", myself.claim, name="claim"),
    path("erased/", myself.erased, name="erased"),
    path("c/<slug:community_slug>/my-place/", myself.my_place, name="my_place"),
    path("c/<slug:community_slug>/leave/", myself.leave, name="leave"),
]
