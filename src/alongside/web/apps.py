from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "alongside.web"
    label = "web"

    def ready(self) -> None:
        from alongside.web import permissions, together  # noqa: F401

        together.listen()
