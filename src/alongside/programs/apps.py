from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "alongside.programs"
    label = "programs"

    def ready(self) -> None:
        from alongside.programs import (  # noqa: F401
            about,
            delivering,
            departures,
            departures_looking,
            hearing,
            permissions,
            tasks,
        )

        about.register()
        delivering.serve()
        departures.register()
        departures_looking.register()
        hearing.listen()
