"""What is said when stepping in to lead is refused."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal
from alongside.programs import actions

OF_LEADERS: dict[type[Refusal], Callable[[Any], str]] = {
    actions.EnoughLead: lambda no: _("Somebody was faster: enough people lead these sessions now. Thank you."),
    actions.MayNotLead: lambda no: _("Leading is for a role that this person does not have yet. See the design."),
}
