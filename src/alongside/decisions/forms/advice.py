"""Forms of advice processes: who decides, who is asked, what is advised and how it was used, the plan, the word."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.decisions.actions.rolls import Rolls
from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.decisions.models import Advice, Decider
from alongside.decisions.saying import name_of
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Membership
from alongside.people.models.membership import MembershipQuerySet
from alongside.ui.fields import DayField

USUAL_DAYS, MOST_DAYS = 28, 180
WAITS = [(3, _("three days")), (7, _("one week")), (14, _("two weeks")), (28, _("four weeks"))]
DUE_DAYS, REVIEW_DAYS, LAST_DAYS = 90, 210, 1100


class OpenAdviceForm(forms.Form):
    """Who decides, and the terms. They never change once people are asked.

    `chooses`: the members among whom the first who decides is chosen; an author takes it upon themself.
    """

    first = forms.ChoiceField(label=_("Who decides?"))
    second = forms.ChoiceField(
        required=False,
        label=_("Together with somebody of the other side?"),
        help_text=_("Then it is decided only when both say the same."),
    )
    wait_days = forms.TypedChoiceField(
        coerce=int,
        label=_("How long can everybody object, once the plan is published?"),
        choices=WAITS,
        initial=7,
    )
    closes_on = DayField(
        label=_("The last day to decide"), help_text=_("What is not decided by 8 in the evening stays as it is.")
    )
    due_on = DayField(required=False, label=_("By when is it to be done?"))
    review_on = DayField(required=False, label=_("When do people look at it again?"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rolls: Rolls, chooses: Iterable[Membership], today: date, **kwargs: Any) -> None:
        days = {"closes_on": USUAL_DAYS, "due_on": DUE_DAYS, "review_on": REVIEW_DAYS}
        usual = {name: today + timedelta(days=many) for name, many in days.items()}
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **usual}})
        for name in days:
            field = self.fields[name]
            assert isinstance(field, DayField)
            field.earliest = today + timedelta(days=1)
            field.latest = today + timedelta(days=MOST_DAYS if name == "closes_on" else LAST_DAYS)
        self.rolls = rolls
        everybody = [member for members in rolls.of.values() for member in members]
        self._by_key = {str(one.pk): one for one in everybody}
        self._choose("first", [("", _("choose one")), *_named(rolls, set(chooses))])
        self._choose("second", [("", _("nobody: one person decides")), *_named(rolls, set(everybody))])
        for side, members in rolls.of.items():
            self.fields[f"facilitator_{side}"] = forms.ChoiceField(
                label=_("Who facilitates for: %(side)s, should somebody object?") % {"side": name_of(side)},
                choices=[("", _("choose one")), *((str(one.pk), str(one.person)) for one in members)],
            )
        if rolls.unsaid:
            self.fields["leave_out_unsaid"] = forms.BooleanField(
                required=False, label=_("Begin without those who have not said for which side they speak")
            )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def deciders(self) -> list[Membership]:
        given = self.cleaned_data
        return [self._by_key[given[name]] for name in ("first", "second") if given.get(name)]

    @property
    def facilitators(self) -> dict[str, Membership]:
        return {side: self._by_key[self.cleaned_data[f"facilitator_{side}"]] for side in self.rolls.of}

    def clean(self) -> dict[str, Any]:
        """It is not looked at again before it is to be done."""
        given = super().clean() or self.cleaned_data
        due, review = given.get("due_on"), given.get("review_on")
        if due and review and review < due:
            self.add_error("review_on", _("Choose the day by which it is done, or a later one."))
        return given


def _named(rolls: Rolls, among: set[Membership]) -> list[tuple[str, str]]:
    return [
        (str(member.pk), f"{member.person} ({name_of(side)})")
        for side, members in rolls.of.items()
        for member in members
        if member in among
    ]


class AskForm(forms.Form):
    """Somebody whose advice is asked for by name."""

    asked = MemberField(label=pgettext_lazy("for advice", "Whom do you ask?"))

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["asked"]
        assert isinstance(asked, MemberField)
        asked.queryset = people


class AdviseForm(ForSomebodyMixin):
    """Advice, and why it comes from this person."""

    concern = forms.MultipleChoiceField(
        label=_("Why do you speak?"),
        choices=[("affected", _("It affects me")), ("expert", _("I know about it"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick one, or both. Knowing can come from work, or from having lived it."),
        error_messages={"required": _("Tick at least one: it affects you, or you know about it.")},
    )
    text = CleanTextField(
        max_length=2000, lines=True, label=_("What do you advise?"), help_text=_("Everybody can read this.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("concern", "text", "whose", "channel", "key")

    def __init__(self, *args: Any, people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        self.ask_whose(people)

    def clean(self) -> dict[str, Any]:
        """Two boxes, as an action is told."""
        given = super().clean() or self.cleaned_data
        ticked = given.pop("concern", [])
        return {**given, "affected": "affected" in ticked, "expert": "expert" in ticked}


class UseForm(forms.Form):
    """How advice was used, and why."""

    used = forms.ChoiceField(
        label=_("How do you use it?"),
        choices=[
            (Advice.Used.YES.value, _("I use it")),
            (Advice.Used.PARTLY.value, _("I use a part of it")),
            (Advice.Used.NO.value, _("I do not use it")),
        ],
        widget=forms.RadioSelect,
    )
    why = CleanTextField(
        max_length=1000, lines=True, label=_("Why? What do you do with it?"), help_text=_("Everybody can read this.")
    )


class PlanForm(forms.Form):
    text = CleanTextField(
        max_length=2000,
        lines=True,
        label=_("What do you mean to decide?"),
        help_text=_("Say what stays as proposed, and what you change because of the advice."),
    )


class WordForm(forms.Form):
    """The last word: do it, or leave things as they are."""

    says = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (Decider.Says.ADOPT.value, _("I decide to do it, as the plan says")),
            (Decider.Says.LEAVE.value, _("I leave things as they are")),
        ],
        widget=forms.RadioSelect,
    )
    why = CleanTextField(
        required=False,
        max_length=1000,
        lines=True,
        label=_("Why?"),
        help_text=_("It is needed when things stay as they are. Everybody can read it."),
    )

    def clean(self) -> dict[str, Any]:
        """Who leaves things as they are says why."""
        given = super().clean() or self.cleaned_data
        if given.get("says") == Decider.Says.LEAVE and not given.get("why"):
            self.add_error("why", ValidationError(_("Write why things stay as they are. Everybody reads it.")))
        return given


class NameDeciderForm(forms.Form):
    member = forms.ChoiceField(label=_("Who decides?"), help_text=_("They are told, and can give it up."))

    def __init__(self, *args: Any, members: Iterable[tuple[str, Membership]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(members)
        self._by_key = {str(one.pk): one for _side, one in named}
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose one")), *((str(one.pk), f"{one.person} ({name_of(s)})") for s, one in named)]

    @property
    def chosen(self) -> Membership:
        return self._by_key[self.cleaned_data["member"]]
