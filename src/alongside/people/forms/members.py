"""Forms about members: finding, adding, writing down, giving roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Community, Group, Membership, Person, Role
from alongside.people.models.membership import MembershipQuerySet
from alongside.ui.fields import DayField


class FindForm(forms.Form):
    """Search words and a role; both may be left empty, and nonsense finds everybody."""

    q = CleanTextField(label=_("Name or member number"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("everybody")), *Role.choices], required=False)


class AddPersonForm(forms.Form):
    """A name is enough."""

    name = CleanTextField(
        label=_("Name"),
        max_length=120,
        help_text=_("A name is enough. Everything else can wait."),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        error_messages={"required": _("Write the person's name.")},
    )
    phone = CleanTextField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    born_on = DayField(label=_("Date of birth"), required=False)
    area = CleanTextField(label=_("Part of town"), max_length=80, required=False)
    somebody_else = forms.BooleanField(required=False, widget=forms.HiddenInput)


class DetailsForm(forms.Form):
    """What people write about themselves."""

    name = CleanTextField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = CleanTextField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    other_phone = CleanTextField(label=_("Another phone"), max_length=40, required=False)
    address = CleanTextField(label=_("Postal address"), max_length=500, lines=True, required=False)
    born_on = DayField(
        label=_("Date of birth"), required=False, help_text=_("People under 18 are helped by an adult at home.")
    )
    gender = forms.ChoiceField(label=_("I am"), choices=Person.Gender.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Person._meta.get_field("language").choices or [])
    preferred_channel = forms.ChoiceField(label=_("How to reach me"), choices=Person.PreferredChannel.choices)

    def __init__(self, *args: Any, birth_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "street-address"
        self.fields["born_on"].widget.attrs["autocomplete"] = "bday"
        if birth_fixed:
            del self.fields["born_on"]


class MemberDetailsForm(DetailsForm):
    """What a coordinator writes down for a member who is never online."""

    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    field_order = ["name", "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gender"].label = _("This person is")
        self.fields["preferred_channel"].label = _("How to reach them")
        for field in self.fields.values():  # a coordinator's browser knows nothing about this person
            field.widget.attrs["autocomplete"] = "off"


class PlaceForm(forms.Form):
    """What belongs to one community only."""

    area = CleanTextField(label=_("Part of town"), max_length=80, required=False)
    contact_shown = forms.ChoiceField(
        label=_("Who may see how to reach me?"), choices=Membership.ContactShown.choices, widget=forms.RadioSelect
    )


class GiveRoleForm(forms.Form):
    """A role, its scope and its time; only roles that this person may give."""

    role = forms.ChoiceField(label=_("Role"))
    group = forms.ModelChoiceField(
        Group.objects.none(), label=_("Where"), required=False, empty_label=_("in the whole community")
    )
    starts_on = DayField(label=_("From"), required=False, help_text=_("Leave empty for today."))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Leave empty when no end is planned."))

    def __init__(self, *args: Any, community: Community, gift: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, group = self.fields["role"], self.fields["group"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(group, forms.ModelChoiceField)
        role.choices = [choice for choice in Role.choices if choice[0] in gift]
        group.queryset = Group.objects.of(community).filter(closed_at=None).order_by("name")


class OtherRecordForm(forms.Form):
    """Which other record is the same person?"""

    other = MemberField(label=_("Which other record?"))

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, MemberField)
        other.queryset = people


class SureForm(forms.Form):
    """One tick for what cannot be taken back, or leaves a community without a keeper."""

    even_the_last = forms.BooleanField(
        label=_("I know that nobody else holds this role, and I want it all the same."), required=False
    )


class EraseForm(SureForm):
    """The word that must be typed before everything is wiped."""

    typed = CleanTextField(
        label=_("Write ERASE to say that you mean it"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["typed", "even_the_last"]

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed.casefold() not in {"erase", str(_("ERASE")).casefold()}:
            raise forms.ValidationError(_("Write the word ERASE. Nothing was wiped."), code="not_typed")
        return typed


class ToldForm(forms.Form):
    """How the word of somebody who has no screen reached a coordinator."""

    channel = forms.ChoiceField(
        label=_("How did they ask for it?"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB],
        initial=Channel.PHONE,
    )


class EraseMemberForm(ToldForm, EraseForm):
    """The same word, typed by a coordinator for somebody who asked to be erased."""

    field_order = ["channel", "typed", "even_the_last"]
