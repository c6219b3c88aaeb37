from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "alongside.ui"
    label = "ui"

    def ready(self) -> None:
        from django.core.validators import MaxValueValidator, MinValueValidator
        from django.forms import BooleanField, Field
        from django.utils.translation import gettext_lazy as _

        # Kinder than "This field is required.", for every form of the house.
        Field.default_error_messages = {"required": _("Please answer this.")}
        BooleanField.default_error_messages = {"required": _("Please tick this box to go on.")}
        MinValueValidator.message = _("Write %(limit_value)s or more.")
        MaxValueValidator.message = _("Write %(limit_value)s or less.")
