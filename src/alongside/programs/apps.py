from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "alongside.programs"
    label = "programs"

    def ready(self) -> None:
        from alongside.programs import about, departures, hearing, permissions, tasks  # noqa: F401

        about.register()
        departures.register()
        hearing.listen()
