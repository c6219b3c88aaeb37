from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "alongside.interop"
    label = "interop"
