from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatheringsConfig(AppConfig):
    name = "alongside.gatherings"
    label = "gatherings"
    verbose_name = _("What is on")

    def ready(self) -> None:
        from alongside.gatherings import departures, letters, permissions, tasks  # noqa: F401
        from alongside.people import abilities, trail

        departures.register()
        trail.register(
            {
                "gatherings.booked": _("Signed up for a gathering"),
                "gatherings.waits": _("Put on a waiting list"),
                "gatherings.stands_by": _("Would step in at a gathering"),
                "gatherings.confirmed": _("Said that you come to a gathering"),
                "gatherings.left": _("Said that you cannot come to a gathering"),
            }
        )
        abilities.register("gatherings.sign_up", _("sign me up for gatherings, and say that I cannot come"))
