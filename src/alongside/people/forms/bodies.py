"""Forms for households, organisations and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import BodyMember

Part = BodyMember.Part


class HouseholdForm(forms.Form):
    name = CleanTextField(label=_("Name"), max_length=120, help_text=_("For example “the Okafors”."))


class GroupForm(forms.Form):
    name = CleanTextField(label=_("Name"), max_length=120)
    purpose = CleanTextField(label=_("What is it for?"), max_length=1000, lines=True, required=False)


class OrganisationForm(forms.Form):
    name = CleanTextField(label=_("Name"), max_length=120)
    contact_name = CleanTextField(label=_("Who to ask for"), max_length=120, required=False)
    phone = CleanTextField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    address = CleanTextField(label=_("Postal address"), max_length=500, lines=True, required=False)


class PlaceInBodyForm(forms.Form):
    """Somebody and their part.

    `children`: whether this person may say who is a child here. An adult of a household decides for its
    children, so that takes somebody who keeps the community.
    """

    member = MemberField(label=_("Who?"))
    part = forms.ChoiceField(label=_("Their part"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Any, household: bool, children: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member, part = self.fields["member"], self.fields["part"]
        assert isinstance(member, MemberField)
        assert isinstance(part, forms.ChoiceField)
        member.queryset = people
        at_home = (Part.ADULT, Part.CHILD) if children else (Part.ADULT,)
        parts = at_home if household else (Part.BELONGS, Part.SPEAKS_FOR)
        part.choices = [(each.value, each.label) for each in parts]
        part.initial = parts[0].value
