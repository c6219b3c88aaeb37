from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatheringsConfig(AppConfig):
    name = "alongside.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from alongside.gatherings import departures, letters, permissions, tasks  # noqa: F401
        from alongside.people import abilities

        departures.register()
        abilities.register("gatherings.sign_up", _("sign me up for gatherings, and say that I cannot come"))
