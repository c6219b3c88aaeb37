"""The five stages of the loop, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

STAGES = (
    ("plan", _("Plan"), _("We decide together what matters."), "lightbulb"),
    ("design", _("Design"), _("We shape how it will work."), "pencil"),
    ("commission", _("Commission"), _("We agree who brings what."), "handshake"),
    ("deliver", _("Deliver"), _("We do it, side by side."), "heart-handshake"),
    ("assess", _("Assess"), _("We ask what came of it."), "clipboard-check"),
)


@dataclass(frozen=True)
class Stage:
    number: int
    key: str
    name: str
    words: str
    icon: str
    current: bool


def stages(current: str) -> list[Stage]:
    """The five stages in order, one of them marked; raises ValueError for a stage that is none."""
    if current not in {key for key, *_ in STAGES}:
        raise ValueError(f"no stage of the loop: {current!r}")
    return [
        Stage(number, key, str(name), str(words), icon, key == current)
        for number, (key, name, words, icon) in enumerate(STAGES, start=1)
    ]
