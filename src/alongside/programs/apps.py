from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "alongside.programs"
    label = "programs"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from alongside.programs import (  # noqa: F401
            about,
            delivering,
            departures,
            departures_jobs,
            departures_leaders,
            departures_looking,
            departures_pathway,
            departures_runs,
            departures_topics,
            filling,
            hearing,
            permissions,
            tasks,
            tasks_leaders,
            tasks_pathway,
            work,
            work_leaders,
        )

        about.register()
        delivering.serve()
        departures.register()
        departures_jobs.register()
        departures_leaders.register()
        departures_runs.register()
        departures_topics.register()
        departures_looking.register()
        departures_pathway.register()
        work.register()
        work_leaders.register()
        filling.serve()
        hearing.listen()
