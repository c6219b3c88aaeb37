from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "alongside.charter"
    label = "charter"

    def ready(self) -> None:
        from alongside.charter import about, departures, hearing, permissions, tasks  # noqa: F401

        about.register()
        departures.register()
        hearing.listen()
