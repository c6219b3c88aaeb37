from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "alongside.programs"
    label = "programs"

    def ready(self) -> None:
        from alongside.programs import about, departures, departures_looking, hearing, permissions, tasks  # noqa: F401

        about.register()
        departures.register()
        departures_looking.register()
        hearing.listen()
