"""Tags for repeated rows: hours, people, days and icons as short, finished pieces of page."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alongside.ui import pictures, words
from alongside.ui.flash import undo_url_of
from alongside.ui.loop import Stage, stages

register = template.Library()

STATUS_ICONS = {
    "good": "circle-check",
    "waiting": "hourglass",
    "careful": "triangle-alert",
    "stop": "circle-x",
    "quiet": "circle",
}


@lru_cache(maxsize=1)
def sprite() -> str:
    return static("ui/vendor/icons.svg")


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str) -> SafeString:
    """A decorative icon; the word beside it carries the meaning."""
    return format_html('<svg class="icon icon-{0}" aria-hidden="true"><use href="{1}#{0}"/></svg>', name, sprite())


@register.simple_tag
def ring_icon(name: str, x: float, y: float) -> SafeString:
    """An icon placed inside a larger drawing."""
    return format_html('<use href="{}#{}" x="{}" y="{}" width="28" height="28"/>', sprite(), name, x, y)


@register.simple_tag
def hours(minutes: int | str, form: str = "") -> SafeString:
    """An amount of time in words; `form`: "table" for 1:30, "signed" for a plus or minus, or both."""
    return _hours(int(minutes), form, get_language())  # components hand over what stands in the attribute


@lru_cache(maxsize=4096)
def _hours(minutes: int, form: str, language: str | None) -> SafeString:
    """One amount in the active language, which is part of what is remembered."""
    write = words.hours_for_table if "table" in form else words.hours_text
    return format_html(
        '<time class="hours" datetime="{}">{}</time>',
        words.duration_code(minutes),
        write(minutes, signed="signed" in form),
    )


@register.simple_tag
def day(value: date | None, form: str = "") -> SafeString:
    """A day, or a moment with its time; `form`: "date", "time" or "short". Nothing for None."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.day_text(value, form=form))


@register.simple_tag
def face(person: Any) -> SafeString:
    """The picture of a person, without the name."""
    return pictures.face_svg(getattr(person, "pk", person), str(person))


@register.simple_tag
def person_chip(person: Any, url: str = "") -> SafeString:
    """Picture and name; a link where `url` is given. `person` needs only `pk` and `str()`."""
    picture, name = face(person), str(person)
    if url:
        return format_html('<a class="chip" href="{}">{}<span>{}</span></a>', url, picture, name)
    return format_html('<span class="chip">{}<span>{}</span></span>', picture, name)


@register.simple_tag
def status(tone: str, text: str) -> SafeString:
    """A small label: word, icon and tone ("good", "waiting", "careful", "stop", "quiet")."""
    return format_html('<span class="status status-{}">{}{}</span>', tone, icon(STATUS_ICONS[tone]), text)


@register.simple_tag
def balance_bar(given: int | str, received: int | str) -> SafeString:
    """The bar around a middle line; say both amounts in words beside it."""
    return pictures.balance_svg(int(given), int(received))


@register.simple_tag
def loop_stages(stage: str) -> list[Stage]:
    """The five stages of the loop with the present one marked."""
    return stages(stage)


@register.filter
def undo_url(message: Message) -> str:
    """Where the Undo button of a message posts to; empty when nothing can be undone."""
    return undo_url_of(message.extra_tags)


@register.filter
def first_control(field: BoundField) -> str:
    """The id that a link to a field should go to: of a group, its first choice."""
    return f"{field.id_for_label or field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


@register.filter
def is_refused(form: object) -> bool:
    """Whether a rule alone sent a form back. What was typed wrongly stands at a field, or has a code."""
    if not isinstance(form, BaseForm) or set(form.errors) != {NON_FIELD_ERRORS}:
        return False
    return not any(error.code for error in form.errors[NON_FIELD_ERRORS].as_data())
