"""What can be in the way of doing things together; the kinds that the literature review names."""

from alongside.programs.rules.faults import gettext_noop as _

KINDS = {
    "job": _("fear for one's job or pay"),
    "inconvenience": _("it is inconvenient"),
    "no time": _("no time"),
    "no trust": _("no trust"),
    "not understood": _("not understood"),
    "language": _("language"),
    "unproven": _("nobody knows whether it is worth it"),
    "other": _("something else"),
}
