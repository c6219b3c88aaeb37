"""Tags for repeated rows of the time bank: amounts with direction, cells of a table, bars."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.timebank.showing.glance import Cell
from alongside.ui import words
from alongside.ui.templatetags.ui import hours, icon

register = template.Library()


@register.simple_tag
def movement_amount(minutes: int) -> SafeString:
    """Hours in or out, told by sign, arrow and word as well as color."""
    side, arrow, word = ("in", "arrow-down", _("in")) if minutes > 0 else ("out", "arrow-up", _("out"))
    return format_html(
        '<span class="moved moved-{}">{}<span class="unseen">{} </span>{}</span>',
        side,
        icon(arrow),
        word,
        hours(minutes, "table signed"),
    )


@register.simple_tag
def cell(value: Cell) -> SafeString:
    """An amount of a table: a dash for nothing, a mark for what is too small to be shown."""
    if value.hidden:
        return format_html(
            '<span class="too-few"><span aria-hidden="true">*</span><span class="unseen">{}</span></span>',
            _("too few to show"),
        )
    if not value.minutes:
        return format_html(
            '<span class="quiet-text" aria-hidden="true">–</span><span class="unseen">{}</span>', _("nothing")
        )
    return format_html("{}", words.hours_for_table(value.minutes))


@register.simple_tag
def figure(number: int) -> str:
    """A whole number as the reader's language writes it."""
    return words.number_text(number)


@register.simple_tag
def bar(width: int) -> SafeString:
    """A bar of `width` thousandths; the amount stands beside it in figures."""
    return format_html(
        '<svg class="month-bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="month-bar-way" width="1000" height="20"/>'
        '<rect class="month-bar-full" width="{}" height="20"/></svg>',
        width,
    )
