"""Speaking about a proposal: a comment or a question, an answer, and where one stands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin, SeenField
from alongside.decisions.models import Contribution, Reaction, Side
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models.membership import MembershipQuerySet


class SidedForm(ForSomebodyMixin):
    """Asks for a side where there are several to choose from; coordinators may name any, for somebody else.

    `sides`: those of whoever fills in the form.
    """

    side = forms.ChoiceField(
        required=False,
        label=_("For which side do you speak?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say for which side: there are several to choose from.")},
    )
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def ask_side(self, sides: Iterable[str], people: MembershipQuerySet | None) -> None:
        """Offer what there is to choose; ask nothing where there is one side at most, and only one person."""
        self.ask_whose(people)
        mine = list(sides)
        offered = mine if people is None else Side.values
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        if len(offered) < 2:
            del self.fields["side"]
            return
        side.choices = [(value, Side(value).label) for value in offered]
        side.required = people is None
        if people is not None:
            side.widget = forms.Select(choices=[("", _("their own, or the only one")), *side.choices])
            side.choices = [("", _("their own, or the only one")), *side.choices]


class SpeakForm(SidedForm):
    """A comment or a question about the whole, or about one paragraph."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Contribution.Kind.COMMENT, _("A comment: I want to say something")),
            (Contribution.Kind.QUESTION, _("A question: I would like an answer")),
        ],
        initial=Contribution.Kind.COMMENT,
        widget=forms.RadioSelect,
    )
    text = CleanTextField(max_length=2000, lines=True, label=_("Your words"), help_text=_("Everybody can read this."))
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("kind", "text", "side", "whose", "channel", "paragraph", "number", "key")

    def __init__(self, *args: Any, sides: Iterable[str], people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.ask_side(sides, people)


class ReplyForm(SidedForm):
    """A reply to what somebody said."""

    text = CleanTextField(max_length=2000, lines=True, label=_("Your reply"), help_text=_("Everybody can read this."))
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("text", "side", "whose", "channel", "number", "key")

    def __init__(self, *args: Any, sides: Iterable[str], people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.ask_side(sides, people)


class ReactForm(SidedForm):
    """Helps me, worries me, not sure."""

    kind = forms.ChoiceField(
        label=_("What does it do for you?"), choices=Reaction.Kind.choices, widget=forms.RadioSelect
    )
    field_order = ("kind", "side", "whose", "channel", "number")

    def __init__(self, *args: Any, sides: Iterable[str], people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_side(sides, people)


class AnswerForm(forms.Form):
    """What came of it, and why."""

    status = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    text = CleanTextField(
        max_length=2000, lines=True, label=_("Your answer"), help_text=_("Say why. Everybody can read this.")
    )
    seen = SeenField(required=False)

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        said = contribution
        status = said.status if said.status != Contribution.Status.OPEN else None
        super().__init__(
            *args, **{**kwargs, "initial": {"status": status, "text": said.answer, "seen": said.answered_at}}
        )
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (Contribution.Status.ANSWERED, _("It is answered; nothing has to change")),
            (Contribution.Status.TAKEN_UP, _("We take it up")),
            (Contribution.Status.NOT_TAKEN_UP, _("We do not take it up")),
        ]
