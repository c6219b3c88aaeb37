"""What advice processes say when a rule forbids something: one kind sentence."""

from collections.abc import Iterable

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.decisions import actions
from alongside.decisions.refusals import consent
from alongside.decisions.rules.explaining import Step
from alongside.decisions.saying import name_of
from alongside.kernel.errors import Refusal
from alongside.ui.words import day_text

_WORDS: dict[type[Refusal], str | Promise] = {
    actions.AdviceIsOver: gettext_lazy("It is too late for that here. This is how it stands now."),
    actions.DecidersDoNotFit: gettext_lazy(
        "One person decides, or one of each side. Whoever facilitates does not decide."
    ),
    actions.NotADecider: gettext_lazy("Only those who decide can do that."),
    actions.DecidersAsk: gettext_lazy("Whoever decides asks others for advice."),
    actions.SayHowItConcernsYou: gettext_lazy("Tick at least one: it affects you, or you know about it."),
    actions.NotPublishedYet: gettext_lazy("Nothing is published yet. Give your advice now; you can object later."),
    actions.SeatIsTaken: gettext_lazy("Nobody is missing: as many decide as were announced."),
    actions.WhyNotSaid: gettext_lazy("Write why things stay as they are. Everybody reads it."),
    actions.NotOnTheRoll: gettext_lazy("That person is on no roll here. The rolls were fixed when it began."),
    actions.ClosesTooSoon: gettext_lazy("There is too little time: everybody needs the days to object."),
}
EXPECTED: tuple[type[Refusal], ...] = (*_WORDS, actions.NotReadyToDecide, *consent.EXPECTED)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    if isinstance(refusal, actions.NotReadyToDecide):
        return " ".join(missing(refusal.steps)) or _("Write what you mean to decide.")
    if type(refusal) in _WORDS:
        return str(_WORDS[type(refusal)])
    return consent.words_for(refusal)


def missing(steps: Iterable[Step]) -> list[str]:
    """What is still missing before it may be decided, each in a sentence."""
    return [_said(one) for one in steps if one.code != "advice.ready"]


def _said(one: Step) -> str:
    facts = one.facts
    if one.code == "advice.few_affected":
        return _("Advice of %(needed)s people whom it affects; so far: %(have)s.") % facts
    if one.code == "advice.few_experts":
        return _("Advice of somebody who knows about it.")
    if one.code == "advice.side_not_asked":
        return _("Advice from this side: %(side)s.") % {"side": name_of(one.side)}
    if one.code == "advice.use_not_told":
        many = int(str(facts["many"]))
        told = ngettext("How %(many)s piece of advice was used.", "How %(many)s pieces of advice were used.", many)
        return told % {"many": many}
    if one.code == "advice.not_published":
        return _("The plan, published for everybody to read.")
    moment = parse_datetime(str(facts["until"]))
    return _("Time for everybody to object, until %(day)s.") % {"day": day_text(moment) if moment else ""}
