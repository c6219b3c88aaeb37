"""What is said when a seat, a board's decision, a look or a change of runs is refused."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.errors import Refusal
from alongside.programs import actions

OF_JOBS: dict[type[Refusal], Callable[[Any], str]] = {
    actions.NoSuchJob: lambda no: _("This job is not in the design any more."),
    actions.MayNotHold: lambda no: _("This job is for other people of the program. Its page says for whom."),
    actions.JobNeedsChecks: lambda no: (
        _("Some checks are still needed first: %(what)s.") % {"what": ", ".join(no.what)}
    ),
    actions.SeatsTaken: lambda no: _("Somebody was faster: every place is taken now."),
    actions.EnoughTerms: lambda no: (
        ngettext(
            "%(most)s term running is the most. After a pause of one term it is possible again.",
            "%(most)s terms running are the most. After a pause of one term it is possible again.",
            no.most,
        )
        % {"most": no.most}
    ),
    actions.OwnChoice: lambda no: _("Somebody else notes that you were chosen."),
    actions.SaidAlready: lambda no: _("They do this already, have offered to, or were asked."),
    actions.NotYetBegun: lambda no: _("This session has not begun, or was called off."),
    actions.NothingToLookFor: lambda no: _("The design has no checklist any more."),
    actions.NotInARun: lambda no: _("This person takes part in no run yet."),
    actions.RunIsOver: lambda no: _("Choose another run, with sessions that are still to come."),
    actions.MeetsLater: lambda no: _("That day is still to come. Open the page of a meeting on its day."),
    actions.NotOnTheBoard: lambda no: _("Somebody you ticked had no place on the board that day."),
    actions.NoQuorum: lambda no: (
        _("Too few are here to decide: %(here)s are ticked, %(needed)s are needed. Your words are kept below.")
        % {"here": no.here, "needed": no.needed}
    ),
}
