"""Households, organisations and groups share their pages; this is what differs."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.actions.bodies import AnyBody
from alongside.people.forms.bodies import GroupForm, HouseholdForm, OrganisationForm
from alongside.people.models import Group, Household, Organisation


@dataclass(frozen=True)
class BodyKind:
    """One kind of body: its word in addresses, its model and form, and the words on its pages."""

    word: str
    model: type[AnyBody]
    form: type[forms.Form]
    icon: str
    title: Promise
    lead: Promise
    make: Promise
    none_yet: Promise
    is_household: bool = False


KINDS = {
    kind.word: kind
    for kind in (
        BodyKind(
            "households",
            Household,
            HouseholdForm,
            "house",
            _("Households"),
            _("People who live together. A child's hours are held by the adults of the household."),
            _("Add a household"),
            _("You are in no household here."),
            is_household=True,
        ),
        BodyKind(
            "organisations",
            Organisation,
            OrganisationForm,
            "building-2",
            _("Organisations"),
            _("Clinics, schools, clubs and shops that take part. They can give and get hours too."),
            _("Add an organisation"),
            _("No organisation takes part yet."),
        ),
        BodyKind(
            "groups",
            Group,
            GroupForm,
            "users-round",
            _("Groups"),
            _("People who do something together. A group can hold hours in common."),
            _("Start a group"),
            _("There is no group yet."),
        ),
    )
}


class BodyKindConverter:
    """The word of a kind in an address."""

    regex = "households|organisations|groups"

    def to_python(self, value: str) -> BodyKind:
        return KINDS[value]

    def to_url(self, value: BodyKind | str) -> str:
        return value if isinstance(value, str) else value.word
