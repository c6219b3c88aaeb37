"""A part of a design: the values as they are, to be made into the values as they would be."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.decisions.forms.proposals import ForSomebodyMixin, SeenField
from alongside.kernel.ids import new_id
from alongside.programs.forms.fields import field_for, initial_of, value_from
from alongside.programs.places import Place, fields_of, value_of, with_value, without
from alongside.programs.rules.design import applied, value_at
from alongside.programs.rules.section import Design

# Asked after the values themselves.
_LAST = ("position", "whose", "channel", "seen", "key")


class PartForm(ForSomebodyMixin):
    """The values at one place. `design`: as it is in force, or in the draft.

    `people`: whose word a coordinator may write down; None when nobody is asked. `seen`: when the draft last changed.
    """

    seen = SeenField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, design: Design, place: Place, people: Any = None, seen: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), "seen": seen}})
        self.design, self.place = design, place
        self.asked = list(fields_of(place.shape))
        stands = {} if place.is_new else value_of(design, place)
        for each in self.asked:
            label = _(each.label) if each.label else each.name
            help_text = _(each.shape.help).capitalize() + "." if each.shape.help else ""
            field = field_for(each.shape, label=label, help_text=help_text, required=each.must, design=design)
            field.initial = initial_of(each.shape, value_at(stands, each.name))
            self.fields[each.name] = field
        if place.is_in_list:
            self.fields["position"] = self._position()
        self.ask_whose(people)
        self.order_fields([name for name in self.fields if name not in _LAST])

    def _position(self) -> forms.Field:
        count = len(value_at(self.design, self.place.name) or [])
        here = count + 1 if self.place.is_new else int(self.place.entry) + 1
        places = [(str(number), str(number)) for number in range(1, count + (2 if self.place.is_new else 1))]
        return forms.ChoiceField(choices=places, initial=str(here), label=_("Its place in the list"))

    @property
    def leaves_it_out(self) -> bool:
        """The button that leaves the entry out was pressed."""
        return "leave" in self.data and bool(self.place.entry) and not self.place.is_new

    def told(self) -> dict[str, Any]:
        """The design as it would be; what the form does not ask stays."""
        if self.leaves_it_out:
            return without(self.design, self.place)
        value = deepcopy(value_of(self.design, self.place))
        for each in self.asked:
            value = applied(value, {each.name: [None, value_from(each.shape, self.cleaned_data[each.name])]})
        position = self.cleaned_data.get("position")
        return with_value(self.design, self.place, value, position=int(position) - 1 if position else None)
