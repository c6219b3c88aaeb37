from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RotaConfig(AppConfig):
    name = "alongside.rota"
    label = "rota"
    verbose_name = _("Duties")

    def ready(self) -> None:
        from alongside.people import abilities, trail
        from alongside.rota import departures, hearing, hours_once, own_dates, permissions, serving, tasks
        from alongside.rota.actions import ways_back  # noqa: F401  # inverses are registered when it is read
        from alongside.rota.words import ON_THE_TRAIL

        abilities.register(permissions.DO_DUTIES, _("take duties for me, give them away, and say when I cannot"))
        trail.register(ON_THE_TRAIL)
        departures.register()
        serving.register()
        hearing.listen()
        hours_once.register()
        own_dates.register()
        tasks.register()
