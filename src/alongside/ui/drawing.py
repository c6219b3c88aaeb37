"""Fields and their boxes as finished pieces of page, for `HouseRenderer`.

A template for each box makes a page of slips or of choices slow. Every function names the template that says the
same; a test draws both and compares.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Widget = Mapping[str, Any]


def _escaped(text: Any) -> str:
    """As templates escape; plain text, which nearly all of it is, goes the short way."""
    return escape(text) if type(text) is str else conditional_escape(text)


def attributes(attrs: Mapping[str, Any]) -> str:
    """As Django's `attrs.html` writes them."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def box(widget: Widget) -> SafeString:
    """As Django's `input.html`."""
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    start = f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"'
    return mark_safe(f"{start}{value}{attributes(widget['attrs'])}>")  # every part is escaped


def text_area(widget: Widget) -> SafeString:
    """As Django's `textarea.html`."""
    start = f'<textarea name="{_escaped(widget["name"])}"{attributes(widget["attrs"])}>'
    return mark_safe(f"{start}\n{_escaped(widget['value'] or '')}</textarea>")  # every part is escaped


def select(widget: Widget) -> SafeString:
    """As Django's `select.html`."""
    lines = [f'<select name="{_escaped(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        lines += [f'  <optgroup label="{_escaped(group)}">'] if group else []
        lines += [_option(option) for option in options]
        lines += ["  </optgroup>"] if group else []
    return mark_safe("\n".join([*lines, "</select>"]))  # every part is escaped


def _option(option: Widget) -> str:
    start = f'  <option value="{_escaped(option["value"])}"{attributes(option["attrs"])}>'
    return f"{start}{_escaped(option['label'])}</option>"


def choices(widget: Widget) -> SafeString:
    """As our `multiple_input.html`."""
    attrs = widget["attrs"]
    names = f" {_escaped(attrs['class'])}" if attrs.get("class") else ""
    number = f' id="{_escaped(attrs["id"])}"' if attrs.get("id") else ""
    parts = [f'<div class="choices{names}"{number}>']
    for group, options, _index in widget["optgroups"]:
        parts += [_group_starts(_escaped(group))] if group else []
        parts += [_choice(option) for option in options]
        parts += ["</div>"] if group else []
    return mark_safe("".join([*parts, "</div>"]))  # every part is escaped


def _group_starts(name: str) -> str:
    """`name`: escaped."""
    start = f'<div class="choices-of" role="group" aria-label="{name}">'
    return f'{start}<p class="choices-group" aria-hidden="true">{name}</p>'


def _choice(option: Widget) -> str:
    """As our `input_option.html`."""
    number = option["attrs"].get("id")
    leads_to = f' for="{_escaped(number)}"' if number else ""
    return f'<label class="choice"{leads_to}>{box(option)}<span>{_escaped(option["label"])}</span></label>'


def field(one: BoundField) -> SafeString:
    """As our `ui/forms/field.html`: the question, its hint, what is wrong, and the box."""
    kind, wrong = one.widget_type, one.errors
    gone_wrong = " field-wrong" if wrong else ""
    errors = str(wrong) if wrong else ""
    label, target = _escaped(one.label), _escaped(one.id_for_label)
    if one.use_fieldset:
        spoken = _escaped(one.aria_describedby or "")
        described = f' aria-describedby="{spoken}"' if spoken else ""
        start = f'<fieldset class="field field-{kind}"{described}>\n<legend>{label}{_optional(one)}</legend>'
        drawn = f"{start}\n{_hint(one)}{errors}{one}</fieldset>"
    elif kind == "checkbox":
        start = f'<div class="field field-checkbox{gone_wrong}">\n{errors}<label for="{target}">'
        drawn = f"{start}{one}<span>{label}</span></label>{_hint(one)}</div>"
    else:
        start = f'<div class="field field-{kind}{gone_wrong}">\n<label for="{target}">{label}{_optional(one)}</label>'
        drawn = f"{start}\n{_hint(one)}{errors}{one}</div>"
    return mark_safe(drawn)  # every part is escaped


def _optional(one: BoundField) -> str:
    if one.field.required or getattr(one.form, "all_optional", False):
        return ""
    return f' <span class="optional">{_escaped(_("(optional)"))}</span>'


def _hint(one: BoundField) -> str:
    """As our `_hint.html`."""
    if not one.help_text:
        return ""
    number = f' id="{_escaped(one.auto_id)}_helptext"' if one.auto_id else ""
    return f'<div class="hint"{number}>{_escaped(one.help_text)}</div>'


_BOXES = (
    "input", "text", "date", "hidden", "number", "email", "tel", "password", "search", "url", "checkbox",
)  # fmt: skip

DRAWN: Mapping[str, Callable[[Widget], SafeString]] = {
    **{f"django/forms/widgets/{kind}.html": box for kind in _BOXES},
    "django/forms/widgets/textarea.html": text_area,
    "django/forms/widgets/select.html": select,
    "django/forms/widgets/radio.html": choices,
    "django/forms/widgets/checkbox_select.html": choices,
}
