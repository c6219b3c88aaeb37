from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from alongside.people import departures, exporting, tasks  # noqa: F401
        from alongside.people.actions import leaving, letting_go, merging, signing_in

        departures.register(
            room="people",
            export=exporting.export_own_rows,
            erase=leaving.erase_own_rows,
            leave=leaving.leave_own_rows,
            merge=merging.merge_own_rows,
            covers=exporting.COVERS,
        )
        letting_go.register()
        email_confirmed.connect(signing_in.lose_what_was_prepared)
