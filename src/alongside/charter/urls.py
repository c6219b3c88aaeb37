"""Addresses of the community's own rules."""

from django.urls import path, register_converter

from alongside.charter import views
from alongside.charter.forms import ListForm
from alongside.charter.parts import PARTS

app_name = "charter"


class _OneOf:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PartSlug(_OneOf):
    regex = "|".join(PARTS)


class ListDeed(_OneOf):
    regex = "|".join(ListForm.ASKS)


register_converter(PartSlug, "charter_part")
register_converter(ListDeed, "charter_deed")

_rules = "c/<slug:community_slug>/rules/"
_values = f"{_rules}proposals/<uuid:proposal_id>/"
_part = "<charter_part:part>/"
_deed = f"{_part}<charter_deed:deed>/"

urlpatterns = [
    path(_rules, views.home, name="home"),
    path(f"{_rules}print/", views.on_paper, name="on_paper"),
    path(f"{_rules}versions/", views.versions, name="versions"),
    path(f"{_rules}propose/{_part}", views.propose, name="propose"),
    path(f"{_rules}propose/{_deed}", views.propose, name="propose_in_list"),
    path(f"{_rules}begin/{_part}", views.found, name="found"),
    path(f"{_rules}begin/{_deed}", views.found, name="found_in_list"),
    path(_values, views.values, name="values"),
    path(f"{_values}{_part}", views.change_values, name="change_values"),
    path(f"{_values}{_deed}", views.change_values, name="change_values_in_list"),
]
