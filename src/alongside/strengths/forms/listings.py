"""Offers and requests: what a member or a coordinator types, and what a reader filters by."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community
from alongside.strengths.actions.listings import STAYS
from alongside.strengths.models import Listing
from alongside.strengths.rules import week
from alongside.timebank.models import Category
from alongside.ui.fields import DayField, HoursField

# Codes of LANG_INFO, each shown by its own name: people find their language as they write it.
LANGUAGES = (
    "en", "es", "ar", "bn", "zh-hans", "nl", "fa", "fr", "de", "el", "gu", "hi", "it", "ja", "ko",
    "pl", "pt", "pa", "ro", "ru", "so", "sw", "tr", "uk", "ur", "vi", "cy",
)  # fmt: skip
LONGEST = timedelta(days=366)
FIRST_FIELDS = ("channel", "title", "category", "description", "urgency")

DAY_NAMES = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
PART_NAMES = (_("morning"), _("afternoon"), _("evening"))


def language_name(code: str) -> str:
    """A language by its own name; the code where Django knows none."""
    names: dict[str, Any] = LANG_INFO.get(code, {})
    return str(names.get("name_local", code)).capitalize()


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in LANGUAGES if code in LANG_INFO]


class WeekField(forms.MultipleChoiceField):
    """Days and parts of the day, cleaned to one packed number as in rules.week."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        choices = [
            (day_name, [(f"{day}-{part}", PART_NAMES[part]) for part in week.Part])
            for day, day_name in enumerate(DAY_NAMES)
        ]
        super().__init__(choices=choices, required=False, **kwargs)
        self.widget.attrs["class"] = "week-choices"

    def clean(self, value: Any) -> int:
        chosen = super().clean(value)
        pieces = [(int(day), int(part)) for day, part in (one.split("-") for one in chosen)]
        return week.pack(pieces)

    def prepare_value(self, value: Any) -> Any:
        return [f"{day}-{part}" for day, part in week.unpack(value)] if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or []))


class ListingForm(forms.Form):
    title = CleanTextField(max_length=100, label=_("In a few words"))
    description = CleanTextField(max_length=2000, lines=True, required=False, label=_("More about it"))
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("What kind of help is it?"), empty_label=_("choose one")
    )
    where = forms.ChoiceField(
        label=_("Face to face, or by phone?"), choices=Listing.Where.choices, initial=Listing.Where.EITHER
    )
    area = CleanTextField(max_length=80, required=False, label=_("Part of town"))
    size = forms.ChoiceField(label=_("How big is it?"), choices=Listing.Size.choices, initial=Listing.Size.VISIT)
    minutes = HoursField(label=_("How long, about?"), required=False)
    urgency = forms.ChoiceField(label=_("How soon?"), choices=Listing.Urgency.choices, initial=Listing.Urgency.WHENEVER)
    week = WeekField(label=_("When do you have time?"), help_text=_("Leave it empty if any time is good."))
    languages = forms.MultipleChoiceField(
        required=False, label=_("Languages you speak"), widget=forms.CheckboxSelectMultiple
    )
    open_until = DayField(label=_("Show it until"), help_text=_("We tell you a week before it ends."))
    channel = forms.ChoiceField(
        label=_("How did they tell you?"), choices=Channel.choices, initial=Channel.PHONE, required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, community: Community, today: date, for_somebody: bool, initial: dict[str, Any], **kwargs: Any
    ) -> None:
        first = {"open_until": today + STAYS, "key": new_id(), **initial}
        super().__init__(*args, **{**kwargs, "initial": first})
        category, languages, open_until = (self.fields[name] for name in ("category", "languages", "open_until"))
        assert isinstance(category, forms.ModelChoiceField)
        assert isinstance(languages, forms.MultipleChoiceField)
        assert isinstance(open_until, DayField)
        category.queryset = Category.objects.of(community).in_use().in_order()
        languages.choices = language_choices()
        languages.widget.attrs["class"] = "language-choices"
        open_until.earliest, open_until.latest = today, today + LONGEST
        if not for_somebody:
            del self.fields["channel"]

    def first_fields(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        return [self[name] for name in FIRST_FIELDS if name in self.fields]

    def further_fields(self) -> list[forms.BoundField]:
        """What may be left as it is; folded away until somebody wants to say more."""
        return [field for field in self.visible_fields() if field.name not in FIRST_FIELDS]

    def further_errors(self) -> bool:
        return any(field.errors for field in self.further_fields())

    def clean_languages(self) -> str:
        codes: list[str] = self.cleaned_data["languages"]
        return f" {' '.join(codes)} " if codes else ""


def initial_of(listing: Listing) -> dict[str, Any]:
    """What a listing says today, as the form shows it."""
    names = ("title", "description", "category", "where", "area", "size", "minutes", "urgency", "week", "open_until")
    return {**{name: getattr(listing, name) for name in names}, "languages": listing.language_codes}


class FilterForm(forms.Form):
    """What a reader looks for. Everything may stay empty; what cannot be read is ignored."""

    words = forms.CharField(
        required=False, max_length=200, label=_("Search"), widget=forms.TextInput(attrs={"type": "search"})
    )
    category = forms.ModelChoiceField(
        Category.objects.none(), required=False, label=_("Kind of help"), empty_label=_("every kind")
    )
    area = forms.CharField(required=False, max_length=80, label=_("Part of town"))
    where = forms.ChoiceField(required=False, label=_("How"), choices=[("", _("any way")), *Listing.Where.choices])
    urgency = forms.ChoiceField(
        required=False, label=_("How soon"), choices=[("", _("any time")), *Listing.Urgency.choices]
    )
    size = forms.ChoiceField(required=False, label=_("How big"), choices=[("", _("any size")), *Listing.Size.choices])
    language = forms.ChoiceField(required=False, label=_("Language"))
    day = forms.TypedChoiceField(required=False, label=_("Day"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category, language, day = (self.fields[name] for name in ("category", "language", "day"))
        assert isinstance(category, forms.ModelChoiceField)
        assert isinstance(language, forms.ChoiceField)
        assert isinstance(day, forms.ChoiceField)
        category.queryset = Category.objects.of(community).in_use().in_order()
        language.choices = [("", _("any language")), *language_choices()]
        day.choices = [("", _("any day")), *enumerate(DAY_NAMES)]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was filled in and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
