from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafeguardingConfig(AppConfig):
    name = "alongside.safeguarding"
    label = "safeguarding"
    verbose_name = _("Safety")

    def ready(self) -> None:
        from alongside.people import abilities, no_cards, trail
        from alongside.safeguarding import departures, permissions, tasks  # noqa: F401

        departures.register()
        no_cards.register("safeguarding", permissions.leads_here)
        abilities.register(permissions.SEE_CHECKS, _("see my checks and until when they hold"))
        trail.register(
            {
                "safeguarding.check_written": _("A check written down"),
                "safeguarding.check_withdrawn": _("A check withdrawn"),
            }
        )
