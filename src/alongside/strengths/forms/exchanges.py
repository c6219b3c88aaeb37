"""Exchanges: asking for one, writing one down, and every step in between."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community, Person
from alongside.people.models.membership import MembershipQuerySet
from alongside.strengths.actions.limits import FURTHEST
from alongside.strengths.forms.members import MemberField
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import Allowed, Side, Step
from alongside.timebank.models import Category
from alongside.ui.fields import DayField, HoursField


class AskForm(forms.Form):
    """A question to the other side of a listing: when, how long, and a word with it."""

    helped_on = DayField(label=_("Which day would suit you?"))
    minutes = HoursField(label=_("How long, about?"))
    note = CleanTextField(max_length=500, lines=True, required=False, label=_("A word with it"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        initial = {"key": new_id(), **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        helped_on = self.fields["helped_on"]
        assert isinstance(helped_on, DayField)
        helped_on.earliest, helped_on.latest = today, today + FURTHEST


class WriteDownForm(forms.Form):
    """A member writes down help given or received; the other side then confirms it.

    `people`: the members whom this person may name.
    """

    I_HELPED, I_WAS_HELPED = "giver", "receiver"

    side = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(I_HELPED, _("I helped somebody")), (I_WAS_HELPED, _("Somebody helped me"))],
        widget=forms.RadioSelect,
    )
    other = MemberField(label=_("Who was it?"), help_text=_("A name or a member number."))
    minutes = HoursField(label=_("How long?"))
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("What kind of help was it?"), empty_label=_("choose one")
    )
    helped_on = DayField(label=_("Which day?"))
    note = CleanTextField(max_length=500, lines=True, required=False, label=_("A word with it"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, community: Community, people: MembershipQuerySet, today: date, **kwargs: Any
    ) -> None:
        initial = {"key": new_id(), "helped_on": today, **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        prepare_exchange_fields(self, community, today, members=["other"])
        other = self.fields["other"]
        assert isinstance(other, MemberField)
        other.among = people


def prepare_exchange_fields(form: forms.Form, community: Community, today: date, *, members: list[str]) -> None:
    """Tell the fields of a form that writes an exchange down of which community and day they are."""
    category, helped_on = form.fields["category"], form.fields["helped_on"]
    assert isinstance(category, forms.ModelChoiceField)
    assert isinstance(helped_on, DayField)
    category.queryset = Category.objects.of(community).in_use().in_order()
    helped_on.latest = today
    for name in members:
        member = form.fields[name]
        assert isinstance(member, MemberField)
        member.community = community


class StepForm(forms.Form):
    """What a step needs to be told, and nothing else. `seen` guards against what happened meanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = CleanTextField(max_length=500, lines=True, label=_("Why?"), help_text=_("Both of you will read this."))
    minutes = HoursField(label=_("How long did it take?"))
    helped_on = DayField(label=_("Which day was it?"))
    mediator = MemberField(label=_("Who will help them settle it?"), help_text=_("A name or a member number."))
    on_behalf_of = forms.ChoiceField(label=_("Whose answer is it?"))
    channel = forms.ChoiceField(label=_("How did they tell you?"), choices=Channel.choices, initial=Channel.PHONE)

    def __init__(
        self, *args: Any, row: Allowed, exchange: Exchange, today: date, whose: dict[Side, Person], **kwargs: Any
    ) -> None:
        initial = {
            "seen": exchange.steps_taken,
            "minutes": exchange.minutes,
            "helped_on": min(exchange.helped_on, today),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        wanted = {"seen", *(["reason"] if row.needs_reason else [])}
        if row.step in {Step.SAY_DONE, Step.SETTLE_CHANGED}:
            wanted |= {"minutes", "helped_on"}
        if row.step == Step.NAME_MEDIATOR:
            wanted.add("mediator")
        if whose:
            wanted |= {"on_behalf_of", "channel"}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        self.whose = whose
        self._prepare(exchange, today)

    def _prepare(self, exchange: Exchange, today: date) -> None:
        if isinstance(helped_on := self.fields.get("helped_on"), DayField):
            helped_on.latest = today
        if isinstance(mediator := self.fields.get("mediator"), MemberField):
            mediator.community = exchange.community
        if isinstance(whose := self.fields.get("on_behalf_of"), forms.ChoiceField):
            choices = [(side.value, str(person)) for side, person in self.whose.items()]
            whose.choices, whose.initial = choices, choices[0][0]

    @property
    def asks_something(self) -> bool:
        """False when the step is a bare yes, and needs no page of its own."""
        return bool(self.visible_fields())

    def deed(self) -> dict[str, Any]:
        """What the action wants to hear, with the member's own names for it."""
        told = {**self.cleaned_data}
        if side := told.pop("on_behalf_of", ""):
            told["on_behalf_of"] = self.whose[Side(side)]
        if mediator := told.pop("mediator", None):
            told["mediator"] = mediator.person
        return told


class ThanksForm(forms.Form):
    words = CleanTextField(max_length=500, lines=True, label=_("Say thank you"))
