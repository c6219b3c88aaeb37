"""Made-up things to fill the gallery with; nobody here is real."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import now, today
from alongside.ui import flash
from alongside.ui.fields import DayField, HoursField


@dataclass(frozen=True)
class Someone:
    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


PEOPLE = [
    Someone(number * 6, name)
    for number, name in enumerate(
        ("Amina Diallo", "Ben Okafor", "Margaret O'Brien", "李小龙", "Sana", "Zofia Wiśniewska", "محمد علي", "Tom"), 1
    )
]


class GalleryForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("What shall we call you?"), help_text=_("Any name you like."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    minutes = HoursField(label=_("How long did it take?"), max_minutes=12 * 60)
    helped_on = DayField(label=_("Which day was it?"))
    kind = forms.ChoiceField(
        label=_("What kind of help was it?"),
        choices=[("", _("Choose one")), ("garden", _("Garden")), ("company", _("Company"))],
    )
    channel = forms.ChoiceField(
        label=_("How shall we reach you?"),
        widget=forms.RadioSelect,
        choices=[("email", _("By e-mail")), ("phone", _("By phone call")), ("letter", _("By letter"))],
        help_text=_("You can change this at any time."),
    )
    share = forms.MultipleChoiceField(
        label=_("What would you like to share?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("skill", _("A skill")),
            ("story", _("Lived experience")),
            ("place", _("A place")),
            ("tool", _("A tool")),
        ],
    )
    words = forms.CharField(label=_("In your own words"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    agreed = forms.BooleanField(label=_("Both of us agree to these hours."), help_text=_("Ask first, then tick."))


class SearchForm(forms.Form):
    all_optional = True

    sought = forms.CharField(label=_("Whom are you looking for?"), required=False)


RIGHT_ANSWERS = {
    "name": "Amina",
    "minutes": "1:30",
    "helped_on": "2025-02-28",
    "kind": "garden",
    "channel": "phone",
    "agreed": "on",
}
WRONG_ANSWERS = {"name": "Amina", "email": "amina at home", "minutes": "a while", "helped_on": "2025-02-30"}


def context(*, theme: str, again: bool = False, refused: bool = False) -> dict[str, Any]:
    """Everything the gallery page shows; `again`: the form as it comes back with errors; `refused`: by a rule."""
    moment = now().replace(hour=10, minute=0)
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "people": PEOPLE,
        "form": refused_form() if refused else GalleryForm(WRONG_ANSWERS) if again else GalleryForm(),
        "search": SearchForm(),
        "moment": moment,
        "long_ago": moment - timedelta(days=900),
        "movements": movements(),
        "tabs": tabs(),
        "crumbs": [{"label": _("Home"), "url": "#"}, {"label": _("Hours"), "url": "#"}, {"label": _("This spring")}],
        "steps": [_("What"), _("When"), _("Who"), _("Check")],
        "answers": answers(),
        "happenings": happenings(moment),
        "menu": menu(),
        "icon_names": [
            "house",
            "users",
            "clock",
            "hand-heart",
            "gift",
            "calendar",
            "scale",
            "vote",
            "message-circle",
            "leaf",
        ],
        "sections": sections(),
        "flashes": flashes(),
    }


def refused_form() -> GalleryForm:
    """The form of somebody who typed everything rightly, and was not fast enough."""
    form = GalleryForm(RIGHT_ANSWERS)
    form.add_error(None, _("Somebody was faster: every place is taken now."))
    return form


def sections() -> list[dict[str, Any]]:
    names = {
        "pictures": _("Pictures"),
        "people": _("People"),
        "sections": _("Sections"),
        "lists": _("Lists"),
        "asking": _("Asking"),
    }
    return [{"label": label, "url": f"#{anchor}", "current": False, "count": None} for anchor, label in names.items()]


def flashes() -> list[Message]:
    """One message of each level, the first with Undo."""
    return [
        Message(messages.SUCCESS, gettext("You gave Ben 1 hour."), extra_tags=f"{flash.UNDO}#sections"),
        Message(messages.INFO, gettext("Nothing was changed.")),
        Message(messages.ERROR, gettext("We could not save this. Everything you typed is still here.")),
    ]


def movements() -> list[dict[str, Any]]:
    """A few rows of a statement."""
    amounts = (90, -60, 45, -30)
    balance, rows = 0, []
    for number, minutes in enumerate(amounts):
        balance += minutes
        rows.append(
            {
                "person": PEOPLE[number],
                "minutes": minutes,
                "balance": balance,
                "day": today() - timedelta(days=number),
                "confirmed": number != 1,
            }
        )
    return rows


def tabs() -> list[dict[str, Any]]:
    return [
        {"label": _("Waiting for you"), "url": "#", "current": True, "count": 3},
        {"label": _("Coming up"), "url": "#", "current": False, "count": None},
        {"label": _("Done"), "url": "#", "current": False, "count": 128},
    ]


def answers() -> list[dict[str, Any]]:
    return [
        {"label": _("Who helped"), "value": "Ben Okafor", "url": "#"},
        {"label": _("How long"), "value": _("1 h 30 min"), "url": "#"},
        {"label": _("What for"), "value": _("A lift to the clinic\nand a cup of tea after"), "url": "#"},
        {"label": _("Written down by"), "value": _("you"), "url": ""},
    ]


def happenings(moment: datetime) -> list[dict[str, Any]]:
    return [
        {
            "when": moment - timedelta(days=9),
            "title": _("Amina asked for help"),
            "text": _("A lift to the clinic."),
            "icon": "message-circle",
        },
        {"when": moment - timedelta(days=7), "title": _("Ben said yes"), "icon": "handshake", "who": "Ben"},
        {"when": moment - timedelta(days=1), "title": _("Both confirmed"), "icon": "check-check", "url": "#"},
    ]


def menu() -> list[dict[str, Any]]:
    entries = (
        (_("Home"), "house", 0),
        (_("Offers and requests"), "hand-heart", 0),
        (_("Exchanges"), "handshake", 3),
        (_("Your hours"), "clock", 0),
        (_("People"), "users", 0),
    )
    return [
        {"label": label, "url": f"#{icon}", "icon": icon, "current": icon == "house", "count": count}
        for label, icon, count in entries
    ]
