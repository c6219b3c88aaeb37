"""What acts about proposals are called, on the page that tells what others did for somebody."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ON_THE_TRAIL: dict[str, str | Promise] = {
    "decisions.begun": _("A proposal begun"),
    "decisions.draft_saved": _("A draft of a proposal written"),
    "decisions.next_version_begun": _("The next version of a proposal begun"),
    "decisions.put_forward": _("A proposal put forward"),
    "decisions.draft_discarded": _("A draft of a proposal thrown away"),
    "decisions.withdrawn": _("A proposal taken back"),
    "decisions.author_added": _("An author of a proposal named"),
    "decisions.stepped_down": _("An author of a proposal stepped down"),
    "decisions.asked": _("A question about a proposal asked"),
    "decisions.commented": _("A comment on a proposal written down"),
    "decisions.answered": _("An answer about a proposal written down"),
    "decisions.reacted": _("Where somebody stands on a proposal written down"),
    "decisions.reaction_taken_back": _("A word on a proposal taken back"),
}

IN_ROUNDS: dict[str, str | Promise] = {
    "decisions.stance_given": _("Where somebody stands in a consent round written down"),
    "decisions.objected": _("An objection written down"),
    "decisions.objection_integrated": _("An objection said to be taken up"),
    "decisions.objection_withdrawn": _("An objection taken back"),
    "decisions.objection_appealed": _("An objection brought back"),
}
