from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WellbeingConfig(AppConfig):
    name = "alongside.wellbeing"
    label = "wellbeing"

    def ready(self) -> None:
        from alongside.people import abilities, trail
        from alongside.wellbeing import departures, permissions, serving, summaries  # noqa: F401
        from alongside.wellbeing.whose import ABILITY, ON_THE_TRAIL

        abilities.register(ABILITY, _("read and write my plan, and what I want to talk about in visits"))
        trail.register(ON_THE_TRAIL)
        departures.register()
        serving.register()
        summaries.register()
