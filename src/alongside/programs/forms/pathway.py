"""Offering steps, noting trainings and sessions beside a mentor, and what people say of their own life."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import HEARD_BY
from alongside.gatherings.models import Place
from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Community
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.forms.looking import SideMixin
from alongside.programs.models import Session
from alongside.ui.fields import DayField
from alongside.ui.words import day_text

Choices = Sequence[tuple[str, str]]


class AboutMemberForm(forms.Form):
    """Something about one member."""

    member = MemberField(label=_("Who is it?"), help_text=_("A name or a member number."))

    def __init__(self, *args: Any, people: MembershipQuerySet, first: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"member": first, **kwargs.get("initial", {})}})
        self._name("member", people)

    def _name(self, name: str, people: MembershipQuerySet) -> None:
        field = self.fields[name]
        assert isinstance(field, MemberField)
        field.queryset = people

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class OfferForm(AboutMemberForm):
    step = forms.ChoiceField(label=_("Which step?"), widget=forms.RadioSelect)
    is_brought = forms.BooleanField(
        required=False,
        label=_("They have it from elsewhere"),
        help_text=_("You have seen that they do. Then nothing is counted here."),
    )

    def __init__(self, *args: Any, steps: Choices, may_bring: bool, first_step: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"step": first_step}})
        self._choose("step", steps)
        if not may_bring:
            del self.fields["is_brought"]


class TrainingForm(AboutMemberForm):
    what = forms.ChoiceField(label=_("Which training?"), widget=forms.RadioSelect)
    done_on = DayField(label=_("When was it done?"), help_text=_("The last day, where it took several."))

    def __init__(self, *args: Any, trainings: Sequence[str], today: date, **kwargs: Any) -> None:
        first = {"what": trainings[0] if trainings else "", "done_on": today}
        super().__init__(*args, **{**kwargs, "initial": first})
        self._choose("what", [(words, words) for words in trainings])
        day = self.fields["done_on"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today - timedelta(days=40 * 366), today


class BesideForm(AboutMemberForm):
    mentor = MemberField(label=_("Beside whom?"), help_text=_("Somebody who led this session."))
    session = forms.ChoiceField(label=_("At which session?"))

    def __init__(self, *args: Any, sessions: Iterable[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name("mentor", kwargs["people"])
        self.sessions = {str(one.pk): one for one in sessions}
        self._choose("session", [(key, _told(one)) for key, one in self.sessions.items()])

    def chosen(self) -> Session:
        return self.sessions[self.cleaned_data["session"]]


def _told(session: Session) -> str:
    facts = {"number": session.number, "day": day_text(session.community.day_of(session.gathering.starts_at))}
    return _("Session %(number)s, %(day)s") % facts


class HeardForm(forms.Form):
    """What somebody said by phone or in person to what was offered."""

    accepts = forms.ChoiceField(
        label=_("What did they say?"), choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=_("How did they tell you?"), choices=HEARD_BY, initial=Channel.PHONE)


class AnswerForm(forms.Form):
    """One's own answer, by the button that was pressed."""

    accepts = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])


class LivedForm(forms.Form):
    shows_name = forms.BooleanField(
        required=False,
        label=_("It may stand beside my name"),
        help_text=_("Without this tick it stands beside no name."),
    )


class IntroductionForm(SideMixin):
    """When the short session is, where, and who leads it."""

    day = DayField(label=_("On which day?"))
    time = forms.TimeField(
        label=_("At what time does it start?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("For example 14:30."),
    )
    place = forms.ChoiceField(required=False, label=_("Where is it?"))
    online = CleanTextField(
        max_length=300, required=False, label=_("Online: the address"), help_text=_("Only if people can join so.")
    )
    led_by = MemberField(label=_("Who leads it?"), help_text=_("Somebody of either side: a name or a member number."))
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("day", "time", "place", "online", "led_by", "side", "key")

    def __init__(
        self, *args: Any, community: Community, people: MembershipQuerySet, sides: Sequence[str], today: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        first = {"key": new_id(), "day": today + timedelta(days=7), "time": time(14, 0)}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.zone = ZoneInfo(community.time_zone)
        self.places = {str(one.pk): one for one in Place.objects.of(community).open()}
        day, place, led_by = self.fields["day"], self.fields["place"], self.fields["led_by"]
        assert isinstance(day, DayField)
        assert isinstance(place, forms.ChoiceField)
        assert isinstance(led_by, MemberField)
        day.earliest, day.latest = today, today + timedelta(days=2 * 366)
        place.choices = [("", _("at none of our places")), *((key, one.name) for key, one in self.places.items())]
        led_by.queryset = people
        self.ask_side(sides)
        side = self.fields.get("side")
        if side is not None:
            side.label = _("For which side do they lead it?")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("place") or given.get("online")) and "place" not in self.errors:
            self.add_error("place", _("Choose a place, or write how people join online."))
        return given

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "starts_at": datetime.combine(given["day"], given["time"], tzinfo=self.zone),
            "place": self.places.get(given["place"]),
            "online": given["online"],
            **{name: given[name] for name in ("led_by", "side", "key")},
        }
