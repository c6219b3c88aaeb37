from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "alongside.decisions"
    label = "decisions"
    verbose_name = _("Decide")

    def ready(self) -> None:
        from alongside.decisions import calendar_entries, departures, letters, permissions, tasks  # noqa: F401
        from alongside.decisions.history import IN_MEETINGS, IN_ROUNDS, ON_THE_TRAIL, WITH_ADVICE
        from alongside.people import abilities, trail

        departures.register()
        calendar_entries.register()
        abilities.register("decisions.speak", _("make proposals for me, and speak about them"))
        abilities.register("decisions.vote", _("vote for me, as I tell them"))
        trail.register(ON_THE_TRAIL)
        trail.register({"decisions.voted": _("A vote put in"), "decisions.side_said": _("A side said")})
        trail.register(IN_ROUNDS)
        trail.register(WITH_ADVICE)
        trail.register(IN_MEETINGS)
