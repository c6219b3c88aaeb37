"""Where gunicorn enters."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()


def settle_in() -> None:
    """Load what requests need, all templates too, and let the garbage collector leave it alone from then on.

    Else it walks through all of it now and again, which costs whoever asks at that moment a tenth of a second.
    """
    _loaded = get_resolver().url_patterns
    for folder in get_app_template_dirs("templates"):
        if settings.PACKAGE in folder.parents:
            for template in folder.rglob("*.html"):
                get_template(str(template.relative_to(folder)))
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    gc.collect()
    gc.freeze()


settle_in()
