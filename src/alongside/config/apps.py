from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The house as a whole: the commands that start it, back it up and bring it back."""

    name = "alongside.config"
    label = "config"
