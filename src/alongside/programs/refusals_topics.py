"""What is said when a topic, hosting or a booking of a class is refused."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.gatherings import actions as gatherings
from alongside.gatherings import refusals as of_gatherings
from alongside.kernel.errors import Refusal
from alongside.programs import actions


def _nothing_booked(no: Any) -> str:
    return _("Nothing was booked. There is no room left for: %(parts)s.") % {"parts": ", ".join(no.parts)}


OF_TOPICS: dict[type[Refusal], Callable[[Any], str]] = {
    actions.NoTopics: lambda no: _("The design says nothing about topics any more."),
    actions.TopicIsThere: lambda no: _("Somebody has asked for this already. Say that you want it too."),
    actions.TopicIsOthersToo: lambda no: _("Others want it too by now. It stays."),
    actions.MayNotHost: lambda no: _("Hosting is for a role that this person does not have yet. See the design."),
    actions.HasAHost: lambda no: _("%(name)s hosts it already.") % {"name": no.name},
    actions.HostMissing: lambda no: _("Somebody has to host it first."),
    actions.SessionIsOver: lambda no: _("Choose a session that is still to come."),
    actions.ClassIsPlanned: lambda no: _("It stands at a session already. Take it off there first."),
    actions.NameIsTaken: lambda no: _("Something else at this session is called the same. Choose another session."),
    actions.TooManyPlaces: lambda no: (
        ngettext(
            "There is %(most)s place at most. Ask a coordinator for more.",
            "There are %(most)s places at most. Ask a coordinator for more.",
            no.most,
        )
        % {"most": no.most}
    ),
    actions.NotPlanned: lambda no: _("It stands at no session yet."),
    gatherings.NoRoom: _nothing_booked,
    gatherings.NeverFits: _nothing_booked,
    **{
        kind: of_gatherings.words_for
        for kind in (
            gatherings.GatheringIsOver, gatherings.NoSignUp, gatherings.AskACoordinator, gatherings.NotForThem,
            gatherings.NothingWanted, gatherings.MayNotTake, gatherings.PartIsTaken,
        )
    },
}  # fmt: skip
