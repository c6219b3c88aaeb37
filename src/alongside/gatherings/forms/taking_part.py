"""Signing up, at the desk, from paper; ticking who came; settling; calendar addresses."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.gatherings.actions import Times
from alongside.gatherings.models import Attendance, Gathering, Part, PartKind
from alongside.gatherings.models.bookings import MOST_SEATS
from alongside.gatherings.words import part_name
from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Membership
from alongside.people.models.membership import MembershipQuerySet

HEARD_BY = [(one.value, one.label) for one in Channel if one != Channel.WEB]
MOST_NAMES = 100


class PartsForm(forms.Form):
    """How many of each part; what is one place is a box to tick."""

    needs = CleanTextField(
        max_length=300, required=False, label=_("What do you need to take part?"),
        help_text=_("For example a seat near the door. Only who looks after the gathering reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Sequence[Part], has: dict[Any, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"part_{one.pk}": one for one in parts}
        usual = next((one.pk for one in parts if one.kind == PartKind.COME), None)
        for name, part in self.parts.items():
            first = has.get(part.pk, 0) if has else int(part.pk == usual)
            self.fields[name] = self._field(part, first)
        self.order_fields([*self.parts, *self.fields])

    def _field(self, part: Part, first: int) -> forms.Field:
        most = min(part.size or MOST_SEATS, MOST_SEATS)
        if part.kind == PartKind.HELP:
            return forms.BooleanField(required=False, label=part_name(part), initial=bool(first), help_text=_free(part))
        return forms.IntegerField(
            required=False, min_value=0, max_value=most, label=part_name(part), initial=first, help_text=_free(part),
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip

    def wanted(self) -> dict[Part, int]:
        return {part: int(self.cleaned_data.get(name) or 0) for name, part in self.parts.items()}


def _free(part: Part) -> Any:
    if part.free is None:
        return _("There is room for all.")
    return _("%(free)s of %(size)s free.") % {"free": part.free, "size": part.size}


class DeskForm(PartsForm):
    """A coordinator signs somebody up who said so."""

    whose = MemberField(label=_("Who is it for?"))
    channel = forms.ChoiceField(label=_("How did they tell you?"), choices=HEARD_BY, initial=Channel.PHONE)

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "has": {}})
        whose = self.fields["whose"]
        assert isinstance(whose, MemberField)
        whose.queryset = people
        self.order_fields(["whose", "channel", *self.parts, "needs"])


class NamesField(CleanTextField):
    """Names or member numbers, one a line; cleaned to members. Every line that fits nobody is named."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})
        super().__init__(max_length=8000, lines=True, widget=widget, **kwargs)
        self.queryset: MembershipQuerySet = Membership.objects.none()

    def clean(self, value: Any) -> list[Membership]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_NAMES:
            raise ValidationError(_("At most %(most)s lines at once."), params={"most": MOST_NAMES})
        one = MemberField()
        one.queryset = self.queryset
        found, faults = [], []
        for line in lines:
            try:
                member = one.clean(line)
            except ValidationError as fault:
                faults.append(ValidationError("“%(line)s”: %(why)s", params={"line": line, "why": fault.messages[0]}))
            else:
                found += [member] if member else []
        if faults:
            raise ValidationError(faults)
        return list(dict.fromkeys(found))


class PaperListForm(forms.Form):
    """A list of names that people wrote themselves down on."""

    names = NamesField(
        label=_("Who stands on the list?"), help_text=_("Names or member numbers, one a line, in their order.")
    )

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.fields["names"]
        assert isinstance(names, NamesField)
        names.queryset = people


class NumbersField(forms.CharField):
    """Numbers on a sheet: "1 2 5-9"."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value)
        numbers: set[int] = set()
        for word in re.split(r"[\s,;.]+", text.strip()):
            match = re.fullmatch(r"(\d{1,4})(?:[-–](\d{1,4}))?", word, re.ASCII)
            if word and not match:
                raise ValidationError(_("Write numbers, such as 1 2 5-9."))
            if match:
                first = int(match[1])
                numbers |= set(range(first, int(match[2] or first) + 1))
        return sorted(numbers)


class TimesField(CleanTextField):
    """A number, when they came and when they left, a line each: "3 10:00 12:15"; a dash for what is not there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, lines=True, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> dict[int, tuple[time | None, time | None]]:
        return dict(_row(line) for line in super().clean(value).splitlines() if line)


def _row(line: str) -> tuple[int, tuple[time | None, time | None]]:
    match = re.fullmatch(r"(\d{1,4})\s+(\d{1,2}[:.]\d\d|-)\s+(\d{1,2}[:.]\d\d|-)", line, re.ASCII)
    try:
        if match:
            return int(match[1]), (_time(match[2]), _time(match[3]))
    except ValueError:
        match = None
    raise ValidationError(_("This line cannot be read: “%(line)s”."), params={"line": line[:80]})


def _time(text: str) -> time | None:
    return None if text == "-" else time.fromisoformat(text.replace(".", ":").zfill(5))


class SheetForm(forms.Form):
    """What stands on a signed sheet."""

    signed = NumbersField(
        required=False, max_length=500, label=_("Which numbers have signed?"), help_text=_("For example: 1 2 5-9"),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )  # fmt: skip
    walk_ins = NamesField(
        required=False, label=_("Who signed below, without a number?"), help_text=_("A name or number a line.")
    )
    times = TimesField(
        required=False, label=_("From when until when, where hours matter"),
        help_text=_("Number, came at, left at, a line each: 3 10:00 12:15"),
    )  # fmt: skip
    all_signed = forms.BooleanField(
        required=False, label=_("Everybody who was there has signed: the others did not come")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, gathering: Gathering, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        self.gathering = gathering
        walk_ins = self.fields["walk_ins"]
        assert isinstance(walk_ins, NamesField)
        walk_ins.queryset = people

    def told(self) -> dict[str, Any]:
        """What the action is told."""
        times = {
            number: Times(*(moment_of(self.gathering, one) if one else None for one in row))
            for number, row in self.cleaned_data["times"].items()
        }
        return {**self.cleaned_data, "times": times}


class CodeForm(forms.Form):
    code = CleanTextField(max_length=12, label=_("The code on the sheet"))


class WalkInForm(forms.Form):
    """Somebody came who had no place."""

    whose = MemberField(label=_("Who came besides?"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        whose = self.fields["whose"]
        assert isinstance(whose, MemberField)
        whose.queryset = people


class MarkForm(forms.Form):
    """One tick, or one time."""

    whose = forms.UUIDField()
    said = forms.ChoiceField(choices=[(word, word) for word in ("came", "did_not", "in", "out")])
    time = forms.TimeField(required=False)
    key = forms.UUIDField()


class SettleForm(forms.Form):
    """What is so."""

    came = forms.ChoiceField(
        label=_("What is so?"), widget=forms.RadioSelect,
        choices=[("yes", _("They came")), ("no", _("They did not come"))],
    )  # fmt: skip
    in_at = forms.TimeField(
        required=False, label=_("Came in at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    out_at = forms.TimeField(
        required=False, label=_("Went out at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, attendance: Attendance, **kwargs: Any) -> None:
        self.gathering = attendance.gathering
        zone = ZoneInfo(attendance.community.time_zone)
        first = {name: (at := getattr(attendance, name)) and at.astimezone(zone).time() for name in ("in_at", "out_at")}
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **first}})

    def moment(self, name: str) -> datetime | None:
        told = self.cleaned_data.get(name)
        return moment_of(self.gathering, told) if told else None


def moment_of(gathering: Gathering, told: Any) -> datetime:
    """A time of day as a moment of the gathering: its day, or the next for what ends after midnight."""
    zone = ZoneInfo(gathering.community.time_zone)
    start = gathering.starts_at.astimezone(zone)
    days = [start.date(), gathering.ends_at.astimezone(zone).date()]
    found = [datetime.combine(day, told, tzinfo=zone) for day in days]
    return min(found, key=lambda one: abs(one - gathering.starts_at) + abs(one - gathering.ends_at))


class FeedForm(forms.Form):
    """A calendar address: for whom, and what its entries are called."""

    name = CleanTextField(
        max_length=60, required=False, label=_("Where will you use it?"), help_text=_("For example: my phone")
    )
    shows_titles = forms.BooleanField(
        required=False, label=_("Show what each gathering is called"),
        help_text=_("Otherwise every entry bears only the name of our community. A phone may lie about."),
    )  # fmt: skip
    is_public = forms.BooleanField(required=False, label=_("An address for everybody, with public gatherings alone"))

    def __init__(self, *args: Any, may_make_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_make_public:
            del self.fields["is_public"]
