from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimebankConfig(AppConfig):
    name = "alongside.timebank"
    label = "timebank"

    def ready(self) -> None:
        from alongside.people import abilities
        from alongside.timebank import departing, permissions, tasks  # noqa: F401

        departing.register()
        abilities.register("timebank.see", _("see my hours"))
        abilities.register("timebank.give", _("give hours of mine to a pot"))
        abilities.register("timebank.note", _("note unpaid work of mine, and say thank you"))
