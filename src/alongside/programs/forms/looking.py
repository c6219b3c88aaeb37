"""The self-check, in one's own hand or from paper, and how a round went in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import HEARD_BY
from alongside.decisions.models import Side
from alongside.kernel.channels import Channel
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.rules import self_check


@dataclass(frozen=True)
class Group:
    """The statements of one value."""

    name: str
    fields: list[forms.BoundField]


class SideMixin(forms.Form):
    """For which side; who has one alone is not asked."""

    side = forms.ChoiceField(label=_("For which side do you speak?"), widget=forms.RadioSelect)

    def ask_side(self, sides: Sequence[str]) -> None:
        """`sides`: those that may be chosen."""
        field = self.fields["side"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, Side(each).label) for each in sides]
        if len(sides) == 1:
            field.widget, field.required, self._only = forms.HiddenInput(), False, sides[0]

    _only = ""

    def clean_side(self) -> str:
        return self._only or str(self.cleaned_data.get("side") or "")


class SelfCheckForm(SideMixin):
    """Twenty statements, each with five answers; whatever is still missing may follow later."""

    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, sides: Sequence[str], first: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": dict(first)})
        self.ask_side(sides)
        choices = [(number, _now(word)) for number, word in self_check.ANSWERS.items()]
        for key, text in _statements():
            self.fields[key] = forms.TypedChoiceField(
                label=_now(text), choices=choices, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[key].optional_is_plain = True  # type: ignore[attr-defined]

    @property
    def all_optional(self) -> bool:
        """No statement says "optional": people may simply stop and come back."""
        return True

    @property
    def groups(self) -> Iterator[Group]:
        for value, name in self_check.VALUES.items():
            keys = [key for key in self_check.KEYS if self_check.value_of(key) == value]
            yield Group(_now(name), [self[key] for key in keys])

    @property
    def answers(self) -> dict[str, int]:
        """What has been answered so far."""
        return {key: self.cleaned_data[key] for key in self_check.KEYS if self.cleaned_data.get(key) is not None}


def _statements() -> Iterator[tuple[str, str]]:
    texts = [text for items in self_check.ITEMS.values() for text in items]
    return zip(self_check.KEYS, texts, strict=True)


class PaperCheckForm(SelfCheckForm):
    """The same from a sheet: whose it is, and how it came."""

    whose = MemberField(label=_("Whose answers are these?"))
    channel = forms.ChoiceField(label=_("How did they come?"), choices=HEARD_BY, initial=Channel.PAPER)

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, sides=list(Side.values), **kwargs)
        whose, side = self.fields["whose"], self.fields["side"]
        assert isinstance(whose, MemberField)
        whose.queryset = people
        side.required, side.label = False, _("For which side?")
        side.help_text = _("Only needed for somebody who has two.")
        self.order_fields(["whose", "side", "channel"])


class LookBackForm(SideMixin):
    """What went well, what did not, what next: one of them is enough."""

    went_well = CleanTextField(max_length=2000, lines=True, required=False, label=_("What went well, and for whom?"))
    went_badly = CleanTextField(max_length=2000, lines=True, required=False, label=_("What did not go well?"))
    next = CleanTextField(
        max_length=2000,
        lines=True,
        required=False,
        label=_("What should we do next?"),
        help_text=_("It can become a proposal."),
    )
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    whose = MemberField(
        required=False,
        label=_("Whose word is it?"),
        help_text=_("Leave it empty for your own. Otherwise a name or a member number."),
    )
    channel = forms.ChoiceField(
        required=False, label=_("How did they tell you?"), choices=HEARD_BY, initial=Channel.PHONE
    )

    def __init__(
        self, *args: Any, sides: Sequence[str], people: MembershipQuerySet | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ask_side(sides)
        ask_whose(self, people)
        self.order_fields(["side", "went_well", "went_badly", "next"])


def ask_whose(form: forms.Form, people: MembershipQuerySet | None) -> None:
    """A coordinator says whose word it is; for everybody else the two questions go."""
    if people is None:
        del form.fields["whose"], form.fields["channel"]
        return
    whose = form.fields["whose"]
    assert isinstance(whose, MemberField)
    whose.queryset = people
