"""Open questions: asking one, writing a statement, what one thinks of it, and letting it in or not."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.decisions.models import Opinion, Side, Statement
from alongside.decisions.models.questions import LONGEST_STATEMENT
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models.membership import MembershipQuerySet
from alongside.ui.fields import DayField

USUAL_DAYS, MOST_DAYS = 21, 180


class AskForm(forms.Form):
    """A question for everybody."""

    title = CleanTextField(
        max_length=120,
        label=_("What do you want to know from everybody?"),
        help_text=_("One open question. For example: What would make the clinic a good place?"),
    )
    words = CleanTextField(
        max_length=2000, lines=True, required=False, label=_("What should people know first?"),
        help_text=_("Why you ask, and what becomes of the answers."),
    )  # fmt: skip
    closes_on = DayField(label=_("The last day to take part"), help_text=_("It closes at 8 in the evening."))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        first = {"closes_on": today + timedelta(days=USUAL_DAYS), "key": new_id()}
        super().__init__(*args, **{**kwargs, "initial": first})
        closes_on = self.fields["closes_on"]
        assert isinstance(closes_on, DayField)
        closes_on.earliest, closes_on.latest = today + timedelta(days=1), today + timedelta(days=MOST_DAYS)


class StatementForm(ForSomebodyMixin):
    """One thing that somebody thinks."""

    text = CleanTextField(
        max_length=LONGEST_STATEMENT,
        label=_("What do you think?"),
        help_text=_("One thought in one sentence, at most 140 characters. No names, please."),
    )
    source = forms.ChoiceField(
        label=_("Whose words are these?"),
        choices=[
            (Statement.Source.OWN, _("My own words")),
            (Statement.Source.HEARD, _("I heard them in a meeting")),
            (Statement.Source.ORGANISER, _("I help to organize this, and want to know")),
        ],
        initial=Statement.Source.OWN,
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("text", "source", "whose", "channel", "key")

    def __init__(self, *args: Any, people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.ask_whose(people)


class OpinionForm(ForSomebodyMixin):
    """Agree, disagree or pass. Which side it counts for is asked where there are several."""

    word = forms.ChoiceField(label=_("What do you say?"), choices=Opinion.Word.choices, widget=forms.RadioSelect)
    side = forms.ChoiceField(required=False, label=_("For which side do you speak?"), widget=forms.RadioSelect)
    statement = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("word", "side", "whose", "channel", "statement")

    def __init__(self, *args: Any, sides: Iterable[str], people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_whose(people)
        offered = list(sides) if people is None else Side.values
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        if len(offered) < 2:
            del self.fields["side"]
            return
        choices = [(value, Side(value).label) for value in offered]
        if people is not None:
            choices = [("", _("their own, or the only one")), *choices]
            side.widget = forms.Select()
        side.choices = choices


class JudgeForm(forms.Form):
    """Let a statement in, or not, and why not."""

    verdict = forms.ChoiceField(
        label=_("Shall others see it?"),
        choices=[("in", _("Yes, let it in")), ("out", _("No, and I say why"))],
        widget=forms.RadioSelect,
    )
    why = CleanTextField(
        max_length=300, required=False, label=_("Why not?"), help_text=_("Whoever wrote it will read this.")
    )
    seen = forms.ChoiceField(choices=Statement.State.choices, widget=forms.HiddenInput)
