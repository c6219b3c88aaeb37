from django.apps import AppConfig


class TimebankConfig(AppConfig):
    name = "alongside.timebank"
    label = "timebank"

    def ready(self) -> None:
        from alongside.timebank import departing, permissions, tasks  # noqa: F401

        departing.register()
