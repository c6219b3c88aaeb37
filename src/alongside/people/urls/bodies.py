"""Households, organisations and groups."""

from django.urls import URLPattern, URLResolver, path, register_converter

from alongside.people.body_kinds import BodyKindConverter
from alongside.people.views import bodies

register_converter(BodyKindConverter, "body_kind")

KIND = "c/<slug:community_slug>/<body_kind:kind>/"
ONE = f"{KIND}<uuid:body_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(KIND, bodies.bodies, name="bodies"),
    path(f"{KIND}new/", bodies.make_body, name="make_body"),
    path(ONE, bodies.body, name="body"),
    path(f"{ONE}add/", bodies.add_to_body, name="add_to_body"),
    path(f"{ONE}places/<uuid:place_id>/end/", bodies.end_place, name="end_place"),
    path(f"{ONE}close/", bodies.close_body, name="close_body"),
]
