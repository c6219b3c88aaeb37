"""From the shape of a value to the field that asks for it, and back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.text import CleanTextField
from alongside.programs.rules.section import Design
from alongside.programs.rules.shapes import Choice, ListOf, NameOf, Shape, Text, Whole, Written, YesNo
from alongside.programs.words import reason_of

MOST_RADIOS = 7
LONGEST_LINE, LONGEST_LIST = 400, 8000


class WrittenField(CleanTextField):
    """Words that the shape understands: a time of day, a length, a share."""

    def __init__(self, *, shape: Written, **kwargs: Any) -> None:
        self.shape = shape
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and (faults := list(self.shape.faults(text, ()))):
            raise forms.ValidationError(reason_of(faults[0]), code="shape")
        return text


class LinesField(CleanTextField):
    """A list of words, one a line."""

    def __init__(self, *, shape: ListOf, **kwargs: Any) -> None:
        self.shape = shape
        super().__init__(max_length=LONGEST_LIST, lines=True, **kwargs)

    def clean(self, value: Any) -> Any:
        told = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if told and (faults := list(self.shape.faults(told, ()))):
            raise forms.ValidationError(reason_of(faults[0]), code="shape")
        return told


def field_for(
    shape: Shape, *, label: str, help_text: str = "", required: bool = False, design: Design | None = None
) -> forms.Field:
    """The field that asks for one value. `design`: whose roles and steps can be named.

    Raises KeyError for a shape that no single field can ask for.
    """
    told: dict[str, Any] = {"label": label, "help_text": help_text, "required": required}
    named = _with_names(shape, design or {})
    return _FIELDS[type(named)](named, told)


def _with_names(shape: Shape, design: Design) -> Shape:
    """A name of an entry becomes a choice among those that there are."""
    if isinstance(shape, NameOf):
        entries = design.get(shape.section, {})
        return Choice(of={key: each.get("name", key) for key, each in entries.items()}, must=shape.must)
    if isinstance(shape, ListOf) and isinstance(shape.of, NameOf):
        return ListOf(of=_with_names(shape.of, design), most=shape.most)
    return shape


def _text(shape: Text, told: dict[str, Any]) -> forms.Field:
    return CleanTextField(max_length=shape.longest, lines=shape.lines, **told)


def _whole(shape: Whole, told: dict[str, Any]) -> forms.Field:
    number = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=shape.least, max_value=shape.most, widget=number, **told)


def _yes_no(shape: YesNo, told: dict[str, Any]) -> forms.Field:
    choices = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
    blank = [] if told["required"] else [("", gettext_lazy("not said"))]
    return forms.ChoiceField(choices=[*blank, *choices], widget=forms.RadioSelect, **told)


def _choice(shape: Choice, told: dict[str, Any]) -> forms.Field:
    choices = [(key, _(name) if name else key) for key, name in shape.of.items()]
    if not told["required"]:
        choices = [("", _("not said")), *choices]
    widget = forms.RadioSelect if len(choices) <= MOST_RADIOS else forms.Select
    return forms.ChoiceField(choices=choices, widget=widget, **told)


def _written(shape: Written, told: dict[str, Any]) -> forms.Field:
    told["help_text"] = told["help_text"] or _("For example %(example)s.") % {"example": shape.example}
    return WrittenField(shape=shape, **told)


def _list(shape: ListOf, told: dict[str, Any]) -> forms.Field:
    if isinstance(shape.of, Choice):
        choices = [(key, _(name)) for key, name in shape.of.of.items()]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    return LinesField(shape=shape, **told)


_FIELDS: dict[type[Shape], Callable[[Any, dict[str, Any]], forms.Field]] = {
    Text: _text, Whole: _whole, YesNo: _yes_no, Choice: _choice, Written: _written, ListOf: _list,
}  # fmt: skip


def initial_of(shape: Shape, value: Any) -> Any:
    """A value as its field shows it."""
    if isinstance(shape, YesNo):
        return "" if value is None else "yes" if value else "no"
    if isinstance(shape, ListOf) and not isinstance(shape.of, Choice | NameOf):
        return "\n".join(value or [])
    return value


def value_from(shape: Shape, cleaned: Any) -> Any:
    """What a field gave, as the design keeps it; None where nothing was said."""
    if cleaned in (None, "", []):
        return None
    return cleaned == "yes" if isinstance(shape, YesNo) else cleaned
