from django.apps import AppConfig


class TimebankConfig(AppConfig):
    name = "alongside.timebank"
    label = "timebank"
