"""The one place that asks what time it is; everything else is told."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The calendar day where the reader is: in the active time zone, not in UTC."""
    return timezone.localdate()
