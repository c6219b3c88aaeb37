from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WellbeingConfig(AppConfig):
    name = "alongside.wellbeing"
    label = "wellbeing"
    verbose_name = _("My plan")

    def ready(self) -> None:
        from alongside.people import abilities, trail
        from alongside.wellbeing import (
            departures,
            hearing,
            own_dates,
            permissions,  # noqa: F401
            serving,
            summaries,
            tasks,  # noqa: F401
            work,
        )
        from alongside.wellbeing.whose import ABILITY, ON_THE_TRAIL

        abilities.register(ABILITY, _("read and write my plan, and what I want to talk about in visits"))
        trail.register(ON_THE_TRAIL)
        departures.register()
        hearing.listen()
        own_dates.register()
        work.register()
        serving.register()
        summaries.register()
