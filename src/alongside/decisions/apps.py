from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "alongside.decisions"
    label = "decisions"

    def ready(self) -> None:
        from alongside.decisions import departures, permissions  # noqa: F401

        departures.register()
