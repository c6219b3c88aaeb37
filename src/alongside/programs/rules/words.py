"""Words that several sections of a blueprint share: sides, stages, kinds of actors, principles."""

from alongside.programs.rules.faults import gettext_noop as _

# As a file says them → as `people` names the constituencies.
SIDES = {"people": "uses", "providers": "provides", "family": "kin", "funders": "funds", "keepers": "keeps"}
SIDE_NAMES = {
    "people": _("people who use it"),
    "providers": _("people who provide it"),
    "family": _("family and neighbors"),
    "funders": _("funders"),
    "keepers": _("people who look after the community"),
}

STAGES = {
    "co-plan": _("Plan together"),
    "co-design": _("Design together"),
    "co-commission": _("Agree who brings what"),
    "co-deliver": _("Do it together"),
    "co-assess": _("Ask together what came of it"),
}

PRINCIPLES = {
    "assets": _("People are assets"),
    "capabilities": _("Build on what people can do"),
    "reciprocity": _("Give and take"),
    "peer networks": _("Peers support each other"),
    "blurred lines": _("Blur the line between professionals and others"),
    "facilitating": _("Make things possible rather than deliver"),
}

# Kinds of actors of the literature review: who can do a share of the work in a stage.
ACTORS = {
    "provider": _("who provides it"),
    "participant": _("who uses it"),
    "carer": _("carers and family"),
    "neighbor": _("neighbors"),
    "group": _("groups"),
    "organisation": _("organisations"),
    "business": _("businesses"),
}

AIMS = {
    "prevention": _("prevention"),
    "early help": _("early help"),
    "treatment": _("treatment"),
    "after-care": _("after-care"),
}

ROLES = {
    "participant": _("participant"),
    "peer leader": _("peer leader"),
    "professional": _("professional"),
}

WEEKDAYS = {
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}
