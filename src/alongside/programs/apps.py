from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "alongside.programs"
    label = "programs"

    def ready(self) -> None:
        from alongside.programs import about, delivering, departures, hearing, permissions, tasks  # noqa: F401

        about.register()
        delivering.serve()
        departures.register()
        hearing.listen()
