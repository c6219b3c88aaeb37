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
    "decisions.source_added": _("A source put beside a proposal"),
    "decisions.source_removed": _("A source taken off a proposal"),
    "decisions.stepped_down": _("An author of a proposal stepped down"),
    "decisions.asked": _("A question about a proposal asked"),
    "decisions.commented": _("A comment on a proposal written down"),
    "decisions.replied": _("A reply to what somebody said written down"),
    "decisions.amended": _("A change to a proposal offered"),
    "decisions.amendment_refused": _("A change to a proposal not accepted"),
    "decisions.amendment_withdrawn": _("A change to a proposal taken back"),
    "decisions.reported": _("Words on a proposal reported"),
    "decisions.appealed": _("An appeal against words taken from view"),
    "decisions.answered": _("An answer about a proposal written down"),
    "decisions.reacted": _("Where somebody stands on a proposal written down"),
    "decisions.question_asked": _("An open question asked"),
    "decisions.statement_written": _("A statement written down"),
    "decisions.opinion_said": _("What somebody thinks of a statement written down"),
    "decisions.reaction_taken_back": _("A word on a proposal taken back"),
    "decisions.progress_noted": _("How far a decision is, written down"),
    "decisions.rated": _("What came of a decision, said"),
    "decisions.volunteered": _("An offer to sit in a conciliation"),
    "decisions.stepped_back": _("A seat in a conciliation given back"),
    "decisions.said_in_conciliation": _("A word said in a conciliation"),
    "decisions.agreed_to_words": _("A new version agreed to"),
    "decisions.would_stop": _("A wish to end a conciliation"),
    "decisions.would_go_on": _("A wish to go on with a conciliation"),
}

WITH_ADVICE: dict[str, str | Promise] = {
    "decisions.advised": _("Advice given"),
    "decisions.advice_taken_back": _("Advice taken back"),
}

IN_ROUNDS: dict[str, str | Promise] = {
    "decisions.stance_given": _("Where somebody stands in a consent round written down"),
    "decisions.round_seen": _("A version in a consent round read"),
    "decisions.objected": _("An objection written down"),
    "decisions.objection_integrated": _("An objection said to be taken up"),
    "decisions.objection_withdrawn": _("An objection taken back"),
    "decisions.objection_appealed": _("An objection brought back"),
}

IN_MEETINGS: dict[str, str | Promise] = {
    "decisions.coming_said": _("Whether somebody comes to a meeting, said"),
    "decisions.item_brought": _("A matter put on an agenda"),
    "decisions.minutes_approved": _("Minutes of a meeting approved"),
    "decisions.correction_asked": _("A correction in minutes asked for"),
    "decisions.undertaking_taken": _("Something taken on after a meeting"),
    "decisions.undertaking_declined": _("A no to something asked after a meeting"),
    "decisions.undertaking_ended": _("What became of something taken on, said"),
}
