"""Forms of this room: one thing a page, in plain words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.models import Program
from alongside.ui.fields import DayField
from alongside.wellbeing.models import ActionStep, Goal, Visit
from alongside.wellbeing.rules.steps import EASIER, MOST_SURE

Words = Any


class _KeyForm(forms.Form):
    """The same form sent twice makes one thing."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})


class GoalForm(_KeyForm):
    """What somebody wants; and, if they say so, which program it belongs to."""

    words = CleanTextField(
        label=_("What do you want?"), help_text=_("In your own words. Small is fine."), max_length=600, lines=True
    )
    program = forms.ModelChoiceField(
        Program.objects.none(),
        label=_("Does it belong to a program?"),
        help_text=_("If you say so, the program counts your steps. It never sees your words, or who you are."),
        required=False,
        empty_label=_("No, it is for me alone"),
    )

    def __init__(self, *args: Any, programs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["program"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = programs
        if not programs.exists():
            del self.fields["program"]


class EndGoalForm(forms.Form):
    ending = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(Goal.Ending.REACHED, _("I reached it")), (Goal.Ending.LET_GO, _("I let it go"))],
        widget=forms.RadioSelect,
    )
    words = CleanTextField(label=_("Anything you want to remember?"), max_length=600, lines=True, required=False)


# For each part of a step: the question, and what helps to answer it.
_ASKED: dict[str, tuple[Words, Words]] = {
    "what": (_("What will you do?"), _("Something that you want, not something that you should.")),
    "how_much": (_("How much?"), _("How far, how long, how many? For example: round the block, or 10 minutes.")),
    "when": (_("When?"), _("For example: after breakfast.")),
    "how_often": (_("How often this week?"), _("For example: three times. Some days off are good.")),
    "confidence": (_("How sure are you that you will do it?"), _("0 is not at all. 10 is quite sure.")),
    EASIER: (
        _("What would make it easier?"),
        _("Less of it? Another time? Somebody beside you? Or change the step itself."),
    ),
}
_LONGEST = {"what": 300, EASIER: 600}


class PartForm(forms.Form):
    """One question about a step for the week."""

    def __init__(self, *args: Any, part: str, value: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, hint = _ASKED[part]
        self.fields["answer"] = self._field(part, label, hint)
        self.fields["answer"].initial = value

    def _field(self, part: str, label: Words, hint: Words) -> forms.Field:
        if part == "confidence":
            return forms.TypedChoiceField(
                label=label,
                help_text=hint,
                coerce=int,
                choices=[(n, str(n)) for n in range(MOST_SURE + 1)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a number from 0 to 10.")},
            )
        longest = _LONGEST.get(part, 160)
        widget = forms.Textarea(attrs={"rows": 3}) if part in _LONGEST else forms.TextInput()
        return CleanTextField(label=label, help_text=hint, max_length=longest, lines=part in _LONGEST, widget=widget)


class LookBackForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How did it go?"), choices=ActionStep.Outcome.choices, widget=forms.RadioSelect)
    words = CleanTextField(
        label=_("What helped, and what got in the way?"),
        help_text=_("Only if you like. In your own words."),
        max_length=600,
        lines=True,
        required=False,
    )


class ShowForm(forms.Form):
    reader = MemberField(label=_("Who may read your plan?"))

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = self.fields["reader"]
        assert isinstance(reader, MemberField)
        reader.queryset = people


class WishForm(_KeyForm):
    """What to talk about: in one's own words, or one of the program's topics."""

    topic = forms.ChoiceField(label=_("What would you like to talk about?"), widget=forms.RadioSelect, required=False)
    words = CleanTextField(label=_("Or in your own words"), max_length=300, required=False)
    is_shown = forms.BooleanField(
        label=_("Show it to my visitor before the visit"),
        help_text=_("Without this, you alone read it."),
        required=False,
    )

    def __init__(self, *args: Any, topics: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = [(each, each) for each in topics]
        if not topics:
            del self.fields["topic"]
            self.fields["words"].label = _("What would you like to talk about?")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "words" in cleaned:
            cleaned["words"] = cleaned["words"] or cleaned.get("topic", "")
            if not cleaned["words"]:
                self.add_error("words", _("Choose a topic, or write your own."))
        cleaned.pop("topic", None)
        return cleaned


class SettleForm(forms.Form):
    """What became of a visit."""

    state = forms.ChoiceField(
        label=_("What became of this visit?"),
        choices=[
            (Visit.State.TOOK_PLACE, _("It took place")),
            (Visit.State.MISSED, _("Nobody was there")),
            (Visit.State.CALLED_OFF, _("It was called off")),
        ],
        widget=forms.RadioSelect,
    )
    held_on = DayField(label=_("On which day?"), required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=1,
        max_value=600,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == Visit.State.TOOK_PLACE:
            for name in ("held_on", "minutes"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Say this too for a visit that took place."))
        return cleaned


class TimeForm(forms.Form):
    """On which day a visit is, and perhaps at what time."""

    day = DayField(label=_("On which day?"))
    time_of_day = forms.TimeField(
        label=_("At what time?"),
        help_text=_("For example 14:30. Leave it empty if the day alone is agreed."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time of day, for example 14:30.")},
    )


class DayForm(forms.Form):
    """When the day is expected, or when it was."""

    day = DayField()
    is_sure = forms.TypedChoiceField(
        label=_("Has it been?"),
        choices=[("", _("No, it is expected")), ("yes", _("Yes, this was the day"))],
        coerce=bool,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, day_name: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].label = day_name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["is_sure"] = bool(cleaned.get("is_sure"))
        if cleaned["is_sure"] and cleaned.get("day") and cleaned["day"] > self.today:
            self.add_error("day", _("This day has not come yet."))
        return cleaned


class HandOverForm(forms.Form):
    """Who visits, and why it is one more than agreed, if it is."""

    visitor = MemberField(label=_("Who visits?"))
    over_why = CleanTextField(
        label=_("If it is one more than agreed: why?"),
        help_text=_("Both the visitor and the person read this."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("membership", "visitor"):
            if isinstance(field := self.fields.get(name), MemberField):
                field.queryset = people


class StartForm(HandOverForm, _KeyForm):
    """Who is visited, by whom, since when, and how they agreed."""

    program = forms.ModelChoiceField(Program.objects.none(), label=_("In which program?"), empty_label=None)
    membership = MemberField(label=_("Who is visited?"))
    enrolled_on = DayField(label=_("First day"), help_text=_("The first visit is due on this day."))
    day_expected_on = DayField(
        label=_("The day that everything turns on"),
        help_text=_("A birth, a move, a first day at work: when it is expected. Leave it out if nobody knows."),
        required=False,
    )
    agreed_how = forms.ChoiceField(
        label=_("How did they agree to visits?"),
        help_text=_("Visits are voluntary. Ask first, and write down how they said yes."),
        choices=Channel.choices,
    )

    def __init__(self, *args: Any, programs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["program"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = programs
        self.order_fields(["program", "membership", "visitor", "enrolled_on", "day_expected_on", "agreed_how"])
