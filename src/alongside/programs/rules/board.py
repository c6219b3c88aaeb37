"""The board: who does how much in each stage, and the question that each cell answers.

Source: stages and kinds of actors of the review of co-production in wellness; 0 to 3 is our own scale.
"""

from alongside.programs.rules.faults import gettext_noop as _

AMOUNTS = (_("nothing"), _("a little"), _("a good part"), _("most"))
WHO = {
    "provider": _("the people who provide it"),
    "participant": _("the people who use it"),
    "carer": _("carers and family"),
    "neighbor": _("neighbors"),
    "group": _("groups"),
    "organisation": _("organisations"),
    "business": _("businesses"),
}
QUESTIONS = {
    "co-plan": _("How much of the planning is done by %(who)s?"),
    "co-design": _("How much of the design comes from %(who)s?"),
    "co-commission": _("How much of what it takes is brought by %(who)s?"),
    "co-deliver": _("How much of the doing is done by %(who)s?"),
    "co-assess": _("How much of the looking back is done by %(who)s?"),
}
