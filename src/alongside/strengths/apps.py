from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class StrengthsConfig(AppConfig):
    name = "alongside.strengths"
    label = "strengths"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        from alongside.people import abilities
        from alongside.safeguarding import apart
        from alongside.strengths import (  # noqa: F401
            departures,
            errands,
            history,
            permissions,
            tasks,
            together,
            worklist,
        )
        from alongside.strengths.models.folding import teach_sqlite_to_fold

        connection_created.connect(teach_sqlite_to_fold)
        departures.register()
        history.register()
        worklist.register_own_sources()
        errands.register()
        apart.look_in(together.ROOM, find=together.both_exchange)
        abilities.register("strengths.exchange", _("arrange, record and confirm exchanges for me"))
        abilities.register("strengths.describe", _("write down my strengths, offers and requests"))
