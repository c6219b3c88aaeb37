"""Bars of the pictures of looking back, and sums of money and time that may be shown or not."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.programs.rules.given import Sum
from alongside.ui import words

register = template.Library()


@register.simple_tag
def program_bar(width: int) -> SafeString:
    """A bar of `width` thousandths; the amount stands beside it in figures."""
    return format_html(
        '<svg class="program-bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="program-bar-way" width="1000" height="20"/>'
        '<rect class="program-bar-full" width="{}" height="20"/></svg>',
        width,
    )


@register.simple_tag
def time_sum(value: Sum) -> str:
    """Hours of a table, or that they are too few people's to be shown."""
    return _("not shown") if value.minutes is None else words.hours_for_table(value.minutes)


@register.simple_tag
def money(amount_minor: int, currency: str) -> str:
    """An amount in its smallest unit, as people write it: "GBP 1,250.00"."""
    return f"{currency}{words.NO_BREAK}{number_format(amount_minor / 100, decimal_pos=2, force_grouping=True)}"
