"""Asking for a topic, asking a host, planning a class, and booking it with what goes with it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.gatherings.models import Part
from alongside.gatherings.models.bookings import MOST_SEATS
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.models import Session
from alongside.ui.words import day_text


class TopicForm(ForSomebodyMixin):
    words = CleanTextField(
        max_length=80,
        label=_("What would you like to learn or talk about?"),
        help_text=_("A few words, as you would say them to a neighbor."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        self.ask_whose(people)
        self.order_fields(["words"])


class AskHostForm(forms.Form):
    who = MemberField(label=_("Whom do you ask?"), help_text=_("A name or a member number."))

    def __init__(self, *args: Any, seen: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, MemberField)
        who.queryset = seen


class SessionsField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Sessions by their number and day."""

    def label_from_instance(self, session: Any) -> str:
        told = {"number": session.number, "day": day_text(session.gathering.starts_at)}
        return str(_("Session %(number)s, %(day)s") % told)


class PlanForm(forms.Form):
    session = SessionsField(
        Session.objects.none(), label=_("At which session?"), widget=forms.RadioSelect, empty_label=None
    )
    places = forms.IntegerField(
        min_value=1,
        max_value=500,
        label=_("For how many people?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, sessions: Any, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if most is not None:
            told = ngettext("There is %(most)s place.", "There are %(most)s places.", most) % {"most": most}
            self.fields["places"].help_text = told
        session = self.fields["session"]
        assert isinstance(session, SessionsField)
        session.queryset = sessions


class BookForm(ForSomebodyMixin):
    """How many of each thing that goes with the class; the class itself is one place."""

    or_wait = forms.BooleanField(
        required=False,
        label=_("If something is full: let me wait for all of it"),
        help_text=_("Otherwise nothing is booked, and you can choose again."),
    )

    def __init__(
        self, *args: Any, extras: Sequence[Part], has: dict[Any, int], people: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.extras = {f"part_{part.pk}": part for part in extras}
        for name, part in self.extras.items():
            free = None if part.free is None else part.free + has.get(part.pk, 0)
            self.fields[name] = forms.IntegerField(
                required=False, min_value=0, max_value=min(part.size or MOST_SEATS, MOST_SEATS), label=part.name,
                initial=has.get(part.pk, 0), help_text="" if free is None else _("%(free)s free.") % {"free": free},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.ask_whose(people)
        self.order_fields([*self.extras, "or_wait"])

    def wanted(self) -> dict[Part, int]:
        return {part: int(self.cleaned_data.get(name) or 0) for name, part in self.extras.items()}
