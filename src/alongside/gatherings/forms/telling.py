"""What a gathering is, when it is, where, and what people can take at it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.gatherings.actions import A_PLACE, PartTold, Repeats, Told
from alongside.gatherings.models import Gathering, PartKind, Place, Series, SeriesPart, SignUp, Visibility
from alongside.gatherings.models.gatherings import Part
from alongside.gatherings.models.happening import FEWEST_MINUTES, MOST_MINUTES
from alongside.gatherings.rules import telling
from alongside.gatherings.words import REPEATS
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community, Group
from alongside.ui.fields import DayField, HoursField

USUAL_AHEAD, MOST_AHEAD, MOST_AGO = 7, 5 * 365, 366
_WORDS = ("title", "about", "minutes", "online", "phone", "visibility", "sign_up")


class SeenField(forms.CharField):
    """The moment at which something last changed when the page was made; tells who was faster."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(super().clean(value))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("Please open this page again: it cannot be told what you saw."), code="unreadable")
        return moment


class LinesField(CleanTextField):
    """One thing a line, with a number after it: "Cook 6"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(max_length=1200, lines=True, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[tuple[str, int | None]]:
        try:
            return telling.read_lines(super().clean(value))
        except telling.LinesDoNotFit as fault:
            raise ValidationError(
                _("This line cannot be read, or stands there twice: “%(line)s”."), params={"line": fault.line[:80]}
            ) from fault


class TellForm(forms.Form):
    """Everything about a gathering but when it is."""

    title = CleanTextField(max_length=120, label=_("What is it called?"), help_text=_("For example: Tuesday kitchen"))
    about = CleanTextField(
        max_length=2000, lines=True, required=False, label=_("What is it about?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    place = forms.ChoiceField(required=False, label=_("Where is it?"))
    online = CleanTextField(
        max_length=300, required=False, label=_("Online: the address"), help_text=_("Only if people can join so.")
    )
    phone = CleanTextField(
        max_length=100, required=False, label=_("By phone: the number"), help_text=_("Only if people can join so.")
    )
    visibility = forms.ChoiceField(label=_("Who may read about it?"), choices=Visibility, initial=Visibility.MEMBERS)
    group = forms.ChoiceField(required=False, label=_("Which group is it of?"))
    sign_up = forms.ChoiceField(label=_("How do people sign up?"), choices=SignUp, initial=SignUp.OPEN)
    places = forms.IntegerField(
        required=False, min_value=1, max_value=telling.MOST_OF_A_KIND, label=_("How many can come along?"),
        help_text=_("Leave it empty where there is room for all."),
    )  # fmt: skip
    helpers = LinesField(
        label=_("What help is needed?"), help_text=_("One thing a line, with how many: Cook 6")
    )  # fmt: skip
    extras = LinesField(
        label=_("What goes with it?"), help_text=_("One thing a line, with how many: Childcare 2, or: Ride 4")
    )  # fmt: skip

    def offer(self, community: Community, groups: Sequence[Group]) -> None:
        """Which places and groups can be chosen."""
        self.zone = ZoneInfo(community.time_zone)
        self.places_here = {str(one.pk): one for one in Place.objects.of(community).open()}
        self.groups = {str(one.pk): one for one in groups}
        self._choose("place", _("at none of our places"), {key: one.name for key, one in self.places_here.items()})
        self._choose("group", _("of no group"), {key: one.name for key, one in self.groups.items()})

    def _choose(self, name: str, nothing: Any, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *choices.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("visibility") == Visibility.GROUP and not given.get("group"):
            self.add_error("group", _("Choose the group it is for."))
        if not (given.get("place") or given.get("online") or given.get("phone")) and "place" not in self.errors:
            self.add_error("place", _("Choose a place, or write how people join online or by phone."))
        names = [name.casefold() for field in ("helpers", "extras") for name, _size in given.get(field) or []]
        if len(set(names)) < len(names) and "extras" not in self.errors:
            self.add_error("extras", _("The same word stands twice. Give each its own."))
        return given

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(
            place=self.places_here.get(given["place"]),
            group=self.groups.get(given["group"]),
            **{name: given[name] for name in _WORDS},
        )

    def parts(self) -> list[PartTold]:
        """A place to come along, then help, then extras."""
        given = self.cleaned_data
        return [
            PartTold(A_PLACE, given["places"], PartKind.COME),
            *(PartTold(name, size, PartKind.HELP) for name, size in given["helpers"]),
            *(PartTold(name, size, PartKind.EXTRA) for name, size in given["extras"]),
        ]


class WhenForm(TellForm):
    """And when it is."""

    day = DayField(label=_("On which day?"))
    time = forms.TimeField(
        label=_("At what time does it start?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("For example 14:30."),
    )
    minutes = HoursField(label=_("How long is it?"), min_minutes=FEWEST_MINUTES, max_minutes=MOST_MINUTES)
    field_order = ("title", "about", "day", "time", "minutes", "repeats", "until", "place")

    def limit(self, *, today: date) -> None:
        day = self.fields["day"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today - timedelta(days=MOST_AGO), today + timedelta(days=MOST_AHEAD)

    def starts_at(self) -> datetime:
        given = self.cleaned_data
        return datetime.combine(given["day"], given["time"], tzinfo=self.zone)


class RepeatsMixin(forms.Form):
    repeats = forms.ChoiceField(label=_("How often?"), choices=list(REPEATS.items()))
    until = DayField(
        required=False, label=_("Until which day?"), help_text=_("Leave it empty if it goes on and on.")
    )  # fmt: skip

    def repeat(self) -> Repeats | None:
        """When it takes place again and again; None for once."""
        given = self.cleaned_data
        rule = telling.rule_for(given["repeats"], given["day"], given["until"])
        return Repeats(rule, given["day"], given["time"]) if rule else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("until") and given.get("day") and given["until"] < given["day"]:
            self.add_error("until", _("The last day lies before the first."))
        return given


class MakeForm(RepeatsMixin, WhenForm):
    """A new gathering, once or again and again."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, groups: Sequence[Group], today: date, **kwargs: Any) -> None:
        first = {
            "key": new_id(), "minutes": 60, "time": time(14, 0), "day": today + timedelta(days=USUAL_AHEAD),
        }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": first})
        self.offer(community, groups)
        self.limit(today=today)


def first_values(one: Gathering | Series, parts: Sequence[Part | SeriesPart]) -> dict[str, Any]:
    """What a form about an existing gathering or series begins with."""

    def lines(kind: str) -> str:
        return telling.written_lines([(part.name, part.size) for part in parts if part.kind == kind])

    come = next((part.size for part in parts if part.kind == PartKind.COME), None)
    return {
        **{name: getattr(one, name) for name in _WORDS},
        "place": str(one.place_id or ""), "group": str(one.group_id or ""), "places": come,
        "helpers": lines(PartKind.HELP), "extras": lines(PartKind.EXTRA), "seen": one.changed_at,
    }  # fmt: skip


class ChangeForm(WhenForm):
    """One gathering changes, for a reason."""

    why = CleanTextField(max_length=500, label=_("Why is it changed?"), help_text=_("People are told the reason."))
    seen = SeenField()

    def __init__(
        self, *args: Any, gathering: Gathering, parts: Sequence[Part], groups: Sequence[Group], today: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        zone = ZoneInfo(gathering.community.time_zone)
        start = gathering.starts_at.astimezone(zone)
        first = {**first_values(gathering, parts), "day": start.date(), "time": start.time()}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.offer(gathering.community, groups)
        self.limit(today=today)


class ChangeSeriesForm(RepeatsMixin, WhenForm):
    """A series changes from one gathering on, for a reason."""

    why = CleanTextField(max_length=500, label=_("Why is it changed?"), help_text=_("People are told the reason."))
    seen = SeenField()

    def __init__(
        self, *args: Any, series: Series, since: Gathering, groups: Sequence[Group], today: date, **kwargs: Any
    ) -> None:
        start = since.starts_at.astimezone(ZoneInfo(series.time_zone))
        self.own_rule = series.rrule
        kind = telling.kind_of(series.rrule, series.first_day)
        first = {
            **first_values(series, list(series.parts.all())), "day": start.date(), "time": series.start,
            "repeats": kind, "until": _until(series.rrule),
        }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": first})
        repeats = self.fields["repeats"]
        assert isinstance(repeats, forms.ChoiceField)
        own = [(telling.OWN, _("As it is: by a rule of its own"))] if kind == telling.OWN else []
        repeats.choices = [(key, label) for key, label in REPEATS.items() if key != telling.ONCE] + own
        self.offer(series.community, groups)
        self.limit(today=today)

    def repeat(self) -> Repeats:
        given = self.cleaned_data
        if given["repeats"] == telling.OWN:
            return Repeats(self.own_rule, given["day"], given["time"])
        return Repeats(telling.rule_for(given["repeats"], given["day"], given["until"]), given["day"], given["time"])


def _until(rrule: str) -> date | None:
    end = next((part[6:14] for part in rrule.split(";") if part.startswith("UNTIL=")), "")
    return date.fromisoformat(end) if end else None


class PlaceForm(forms.Form):
    """A place, and what helps people get in and take part."""

    name = CleanTextField(max_length=120, label=_("What is the place called?"))
    address = CleanTextField(max_length=300, required=False, lines=True, label=_("Where is it?"))
    is_step_free = forms.BooleanField(required=False, label=_("One gets in without steps"))
    has_hearing_loop = forms.BooleanField(required=False, label=_("There is a hearing loop"))
    has_quiet_room = forms.BooleanField(required=False, label=_("There is a quiet room"))
    access_notes = CleanTextField(
        max_length=500, required=False, lines=True, label=_("What else should people know?"),
        help_text=_("A ramp, a lift, parking, which bus, which door."), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why it does not take place, and whether all after it do not either."""

    why = CleanTextField(max_length=500, label=_("Why?"), help_text=_("People are told the reason."))
    and_after = forms.BooleanField(required=False, label=_("All after it in this series are called off, too"))

    def __init__(self, *args: Any, in_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_series:
            del self.fields["and_after"]
