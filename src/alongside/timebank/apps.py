from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimebankConfig(AppConfig):
    name = "alongside.timebank"
    label = "timebank"
    verbose_name = _("Hours")

    def ready(self) -> None:
        from alongside.people import abilities, trail
        from alongside.timebank import departing, permissions, tasks  # noqa: F401

        departing.register()
        abilities.register("timebank.see", _("see my hours"))
        abilities.register("timebank.give", _("give hours of mine to a pot"))
        trail.register(
            {
                "timebank.paid": _("Hours passed on"),
                "timebank.gifted": _("Hours given to a pot"),
                "timebank.granted": _("Hours granted from a pot"),
                "timebank.reversed": _("Hours given back"),
                "timebank.held": _("Hours set aside"),
                "timebank.released": _("Hours set free again"),
                "timebank.thanked": _("A thank-you left"),
                "timebank.recognised_work_noted": _("Unpaid work noted"),
            }
        )
        abilities.register("timebank.note", _("note unpaid work of mine, and say thank you"))
