"""Meetings: when and where, who comes, what stands on the agenda, and who was there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from alongside.decisions.actions import ItemTold, MeetingTold, Place, Seat
from alongside.decisions.forms.proposals import ForSomebodyMixin, SeenField
from alongside.decisions.models import AgendaItem, Attendance, Decision, Meeting, Proposal, Side
from alongside.decisions.models.meetings import MOST_MINUTES, MOST_OF_AN_ITEM
from alongside.decisions.saying import name_of
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community, Group, Membership
from alongside.people.models.membership import MembershipQuerySet
from alongside.ui.fields import DayField, HoursField

USUAL_AHEAD, MOST_AHEAD, USUAL_MINUTES, USUAL_OF_AN_ITEM = 14, 730, 60, 10
MOST_PEOPLE = 5000


class WhenAndWhereForm(forms.Form):
    """What a meeting is, when it is, and how people take part."""

    title = CleanTextField(max_length=120, label=_("What is it called?"), help_text=_("For example: Kitchen meeting"))
    purpose = CleanTextField(
        max_length=2000, lines=True, required=False, label=_("What is it for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    day = DayField(label=_("On which day?"))
    time = forms.TimeField(
        label=_("At what time does it start?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("For example 14:30."),
    )
    minutes = HoursField(label=_("How long is it?"), min_minutes=5, max_minutes=MOST_MINUTES)
    place = CleanTextField(
        max_length=200, required=False, label=_("Where is it?"),
        help_text=_("At least one of these is needed: where, online, or by phone."),
    )  # fmt: skip
    online = CleanTextField(
        max_length=300, required=False, label=_("Online: the address"), help_text=_("Only if people can join so.")
    )
    phone = CleanTextField(
        max_length=100, required=False, label=_("By phone: the number"), help_text=_("Only if people can join so.")
    )
    access = CleanTextField(
        max_length=500, required=False, lines=True, label=_("How does one get in and take part?"),
        help_text=_("Steps or a lift, parking, a hearing loop, an interpreter, child care."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def bound_to(self, community: Community, *, today: date) -> None:
        """Days that can be chosen, and the clock by which the time is meant."""
        self.zone = ZoneInfo(community.time_zone)
        day = self.fields["day"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today, today + timedelta(days=MOST_AHEAD)

    def told(self) -> MeetingTold:
        """What the action is told."""
        given = self.cleaned_data
        names = ("title", "purpose", "minutes", "place", "online", "phone", "access")
        return MeetingTold(
            starts_at=datetime.combine(given["day"], given["time"], tzinfo=self.zone),
            **{name: given[name] for name in names},
        )


class CallForm(WhenAndWhereForm):
    """A new meeting, for whom, and between whom it decides."""

    group = forms.ChoiceField(required=False, label=_("Who is it for?"))
    one = forms.ChoiceField(label=_("It decides between: one side"), choices=Side.choices, initial=Side.USES)
    other = forms.ChoiceField(label=_("and the other side"), choices=Side.choices, initial=Side.PROVIDES)
    least_each_side = forms.IntegerField(
        label=_("How many of each side must be there to decide?"), min_value=1, max_value=100, initial=3,
        help_text=_("This and the sides never change once the meeting is called. Ask for no more than a side has."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("title", "purpose", "group")

    def __init__(self, *args: Any, community: Community, groups: Iterable[Group], today: date, **kwargs: Any) -> None:
        first = {
            "key": new_id(), "minutes": USUAL_MINUTES, "time": time(14, 0),
            "day": today + timedelta(days=USUAL_AHEAD),
        }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": first})
        self.groups = {str(one.pk): one for one in groups}
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)
        group.choices = [("", _("Everybody here")), *((key, one.name) for key, one in self.groups.items())]
        self.bound_to(community, today=today)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("one") and given.get("one") == given.get("other"):
            self.add_error("other", _("Choose two different sides."))
        return given

    @property
    def chosen_group(self) -> Group | None:
        return self.groups.get(self.cleaned_data.get("group", ""))


class ChangeMeetingForm(WhenAndWhereForm):
    """Another time or place, and why."""

    why = CleanTextField(max_length=500, label=_("Why is it changed?"), help_text=_("People are told the reason."))
    seen = SeenField()

    def __init__(self, *args: Any, meeting: Meeting, today: date, **kwargs: Any) -> None:
        zone = ZoneInfo(meeting.community.time_zone)
        start = meeting.starts_at.astimezone(zone)
        names = ("title", "purpose", "minutes", "place", "online", "phone", "access")
        first = {name: getattr(meeting, name) for name in names}
        first |= {"day": start.date(), "time": start.time(), "seen": meeting.changed_at}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.bound_to(meeting.community, today=today)


class WhyForm(forms.Form):
    why = CleanTextField(max_length=500, label=_("Why?"), help_text=_("People are told the reason."))


class ComingForm(ForSomebodyMixin):
    """Whether somebody comes, and what they need."""

    comes = forms.ChoiceField(
        label=_("Do you come?"), choices=[("yes", _("Yes, I come")), ("no", _("No, I cannot"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    needs = CleanTextField(
        max_length=300, required=False, label=_("What do you need to take part?"),
        help_text=_("For example a lift there, or an interpreter. Only facilitators read it."),
    )  # fmt: skip
    field_order = ("comes", "needs", "whose", "channel")

    def __init__(self, *args: Any, people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_whose(people)


class ItemForm(ForSomebodyMixin):
    """A matter for the agenda."""

    title = CleanTextField(max_length=160, label=_("What is it about?"))
    why = CleanTextField(
        max_length=1000, lines=True, required=False, label=_("Why? What shall come of it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    wanted = forms.IntegerField(
        label=_("How many minutes does it need?"), min_value=1, max_value=MOST_OF_AN_ITEM, initial=USUAL_OF_AN_ITEM
    )
    about = forms.ChoiceField(
        required=False, label=_("Is it about a proposal or a decision?"), help_text=_("You can leave it empty.")
    )
    decides = forms.BooleanField(required=False, label=_("The proposal is to be decided in this meeting"))
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("title", "why", "wanted", "about", "decides", "whose", "channel", "key")

    def __init__(
        self,
        *args: Any,
        proposals: Iterable[Proposal],
        decisions: Iterable[Decision],
        people: MembershipQuerySet | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.proposals = {f"p{one.pk}": one for one in proposals}
        self.decisions = {f"d{one.pk}": one for one in decisions}
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [
            ("", _("no, something else")),
            (_("Open proposals"), [(key, _short(one.title)) for key, one in self.proposals.items()]),
            (_("Decisions to look at again"), [(key, _short(str(one))) for key, one in self.decisions.items()]),
        ]
        self.ask_whose(people)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decides") and given.get("about") not in self.proposals:
            self.add_error("about", _("Choose the proposal that is to be decided."))
        return given

    def told(self) -> ItemTold:
        given = self.cleaned_data
        return ItemTold(
            title=given["title"],
            why=given["why"],
            wanted=given["wanted"],
            proposal=self.proposals.get(given["about"]),
            decision=self.decisions.get(given["about"]),
            decides=given["decides"],
        )


def _short(text: str) -> str:
    return Truncator(text).chars(60)


class ArrangeForm(forms.Form):
    """A place and minutes for every item."""

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(one.pk): one for one in items}
        for number, (key, one) in enumerate(self.items.items(), 1):
            self.fields[f"place_{key}"] = forms.IntegerField(
                label=_("Place of: %(title)s") % {"title": one.title}, min_value=1, max_value=999, initial=number
            )
            self.fields[f"minutes_{key}"] = forms.IntegerField(
                label=_("Minutes for: %(title)s") % {"title": one.title}, min_value=1, max_value=MOST_OF_AN_ITEM,
                initial=one.minutes,
            )  # fmt: skip

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"item": one, "place": self[f"place_{key}"], "minutes": self[f"minutes_{key}"]}
            for key, one in self.items.items()
        ]

    def places(self) -> dict[AgendaItem, Place]:
        given = self.cleaned_data
        return {one: Place(given[f"place_{key}"], given[f"minutes_{key}"]) for key, one in self.items.items()}


class SettleForm(forms.Form):
    """What becomes of a matter there was no time for."""

    to = forms.ChoiceField(required=False, label=_("To which meeting is it moved?"))
    why = CleanTextField(
        max_length=500, required=False, label=_("Or why is it taken off?"),
        help_text=_("Whoever brought it reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Iterable[Meeting], shown: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.pk): one for one in meetings}
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [("", _("to none, it is taken off")), *((key, shown[key]) for key in self.meetings)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("to") and not given.get("why"):
            self.add_error("why", _("Choose a meeting, or write why it is taken off."))
        return given

    @property
    def chosen(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data.get("to", ""))


class AttendanceForm(forms.Form):
    """A tick for everybody who was there. What was ticked when the page was made tells what was changed on it."""

    visitors = forms.IntegerField(
        label=_("Visitors"), min_value=0, max_value=MOST_PEOPLE, help_text=_("A number is enough, without names.")
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        may_sit: Mapping[Membership, tuple[str, ...]],
        there: Mapping[Membership, Seat],
        visitors: int,
        **kwargs: Any,
    ) -> None:
        first = {"visitors": visitors, "was": " ".join(str(one.pk) for one in there)}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.members = {str(one.pk): (one, sides) for one, sides in may_sit.items()}
        for key, (one, sides) in self.members.items():
            seat = there.get(one)
            self.fields[f"there_{key}"] = forms.BooleanField(
                required=False, label=str(one.person), initial=seat is not None
            )
            if len(sides) > 1:
                self.fields[f"side_{key}"] = forms.ChoiceField(
                    required=False,
                    label=_("Side of %(name)s") % {"name": one.person},
                    choices=[("", _("for which side?")), *((side, name_of(side)) for side in sides)],
                    initial=seat.side if seat else "",
                )
            self.fields[f"way_{key}"] = forms.ChoiceField(
                required=False,
                label=_("How %(name)s took part") % {"name": one.person},
                choices=Attendance.Way.choices,
                initial=seat.way if seat else Attendance.Way.ROOM,
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "member": one,
                "there": self[f"there_{key}"],
                "side": self[f"side_{key}"] if len(sides) > 1 else None,
                "side_name": name_of(sides[0]),
                "way": self[f"way_{key}"],
            }
            for key, (one, sides) in self.members.items()
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for key, (one, sides) in self.members.items():
            if given.get(f"there_{key}") and len(sides) > 1 and not given.get(f"side_{key}"):
                self.add_error(f"side_{key}", _("Say for which side %(name)s was there.") % {"name": one.person})
        return given

    def came(self) -> dict[Membership, Seat]:
        """Everybody who is ticked."""
        given = self.cleaned_data
        return {
            one: Seat(given.get(f"side_{key}") or sides[0], given.get(f"way_{key}") or Attendance.Way.ROOM)
            for key, (one, sides) in self.members.items()
            if given.get(f"there_{key}")
        }

    def gone(self) -> list[Membership]:
        """Who was ticked on the page, and is no more."""
        was = set(self.cleaned_data["was"].split())
        return [one for key, (one, _s) in self.members.items() if key in was and not self.cleaned_data[f"there_{key}"]]
