from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "alongside.gatherings"
    label = "gatherings"
