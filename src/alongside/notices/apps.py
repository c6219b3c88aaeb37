from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "alongside.notices"
    label = "notices"

    def ready(self) -> None:
        from alongside.notices import departing, from_people, kinds, permissions, tasks  # noqa: F401
        from alongside.notices.models import SUMMARY
        from alongside.people import trail

        kinds.register(SUMMARY, label=_("Once a day, together"), made_of_others=True)
        trail.register({"notices.chosen": _("Notices chosen")})
        departing.register()
        from_people.register()
