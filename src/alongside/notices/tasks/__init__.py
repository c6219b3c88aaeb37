"""What runs by the clock: e-mails leave, daily summaries are made, old traces are cleared."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from alongside.kernel import jobs, progress, undo
from alongside.kernel.jobs import periodic
from alongside.notices import actions
from alongside.notices.tasks import outbox, summaries


@periodic("notices.deliver", every=timedelta(seconds=10), at_most=timedelta(minutes=5))
def deliver(at: datetime) -> str:
    """Send the e-mails that are due."""
    return outbox.send_due(at=at)


@periodic("notices.summaries", every=timedelta(minutes=15))
def daily_summaries(at: datetime) -> str:
    """Put daily summaries together, from eight in the morning where the community is."""
    count = summaries.make_due(at=at)
    return _("%(count)d daily summaries made") % {"count": count}


@periodic("notices.clear_traces", every=timedelta(days=1))
def clear_traces(at: datetime) -> str:
    """Delete undo offers after a day, watched work after thirty days, runs of jobs after ninety."""
    offers = undo.forget_old(before=at - timedelta(days=1))
    works = progress.forget_old(before=at - timedelta(days=30))
    runs = jobs.forget_old_runs(before=at - timedelta(days=90))
    return _("Cleared away: %(offers)d offers to undo, %(works)d watched works, %(runs)d runs") % {
        "offers": offers,
        "works": works,
        "runs": runs,
    }


@periodic("notices.forget_read", every=timedelta(days=1))
def forget_read(at: datetime) -> str:
    """Delete notices that were read more than thirteen months ago."""
    count = actions.forget_read(at=at)
    return _("%(count)d notices read long ago deleted") % {"count": count}
