"""The seven questions of setting up a community, one form each."""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import CleanTextField
from alongside.people.models import Community
from alongside.ui.fields import HoursField

JOIN_CHOICES = [
    (Community.JoinPolicy.ASK, _("People ask to join, and a coordinator answers")),
    (Community.JoinPolicy.INVITED, _("Only people we invite can join")),
]
MOST_FLOAT_MINUTES = 100 * 60
MOST_CEILING_MINUTES = 10_000 * 60


def start_values() -> dict[str, str]:
    """What the questions show before anybody has answered them."""
    return {
        "time_zone": timezone.get_default_timezone_name(),
        "language": (get_language() or "en").partition("-")[0],
        "join_policy": Community.JoinPolicy.ASK,
        "opening_float": "10:00",
        "ceiling": "100:00",
    }


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """Time zones by place, "Europe/Madrid", without the technical ones. Looked up once: it reads the disk."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return tuple((zone, zone.replace("_", " ")) for zone in places)


class NameForm(forms.Form):
    name = CleanTextField(
        label=_("Name of your community"),
        max_length=120,
        help_text=_("As people say it out loud, such as “Rosewood Time Bank”."),
        error_messages={"required": _("Write the name people will see.")},
    )


class AboutForm(forms.Form):
    about = CleanTextField(
        label=_("What is it for?"),
        max_length=600,
        lines=True,
        required=False,
        help_text=_("One or two sentences for people who do not know you yet. You may leave this empty."),
    )


class PlaceForm(forms.Form):
    place = CleanTextField(
        label=_("Town or neighborhood"),
        max_length=120,
        required=False,
        help_text=_("Leave empty when you are not in one place."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        help_text=_("So that 10 am means 10 am where you are."),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Letters to people without a choice of their own use this. Everybody may choose another."),
        error_messages={"required": _("Choose a language.")},
    )


class JoiningForm(forms.Form):
    join_policy = forms.ChoiceField(
        label=_("How do people join?"),
        choices=JOIN_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("With the first choice, your community appears on the front page."),
        error_messages={"required": _("Choose how people join.")},
    )


class ContactForm(forms.Form):
    contact_phone = CleanTextField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("People without a computer ring this number."),
    )
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.org, or leave it empty.")},
    )


class FloatForm(forms.Form):
    opening_float = HoursField(
        label=_("Hours anybody may receive before giving"),
        min_minutes=0,
        max_minutes=MOST_FLOAT_MINUTES,
        help_text=_("10 hours suits most communities."),
        error_messages={"required": _("Write a number of hours. 0 means that everybody gives first.")},
    )
    ceiling = HoursField(
        label=_("Most hours anybody may save up"),
        min_minutes=60,
        max_minutes=MOST_CEILING_MINUTES,
        required=False,
        help_text=_("Hours are for using. Leave empty for no limit."),
    )
