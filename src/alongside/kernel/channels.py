"""How a word reached us: on a page, by telephone, face to face, on paper, by text message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    WEB = "web", _("on the web")
    PHONE = "phone", _("by phone")
    IN_PERSON = "in_person", _("in person")
    PAPER = "paper", _("on paper")
    TEXT = "text", _("by text message")
