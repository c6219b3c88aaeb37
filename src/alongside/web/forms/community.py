"""What a community says about itself, changed by its coordinators and stewards."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import CleanTextField
from alongside.people.models import Community
from alongside.web.forms.founding import JOIN_CHOICES, time_zones


class CommunityForm(forms.Form):
    name = CleanTextField(label=_("Name"), max_length=120)
    about = CleanTextField(label=_("What it is for"), max_length=600, lines=True, required=False)
    place = CleanTextField(label=_("Town or neighborhood"), max_length=120, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, help_text=_("So that 10 am means 10 am where you are.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Letters to people without a choice of their own use this."),
    )
    join_policy = forms.ChoiceField(label=_("How people join"), choices=JOIN_CHOICES, widget=forms.RadioSelect)
    contact_phone = CleanTextField(
        label=_("Phone for members"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("People without a computer ring this number."),
    )
    contact_email = forms.EmailField(
        label=_("E-mail for members"),
        required=False,
        error_messages={"invalid": _("Write an e-mail address like name@example.org, or leave it empty.")},
    )

    @classmethod
    def of(cls, community: Community) -> "CommunityForm":
        """The form showing what holds today."""
        return cls(initial={name: getattr(community, name) for name in cls.base_fields})
