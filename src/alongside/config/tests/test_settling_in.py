"""A worker has loaded what every request needs before the first one comes."""

import subprocess
import sys

LOOK = """
import alongside.config.wsgi, builtins, gc, sys
from django.template.loader import get_template
usual, read = builtins.open, []
builtins.open = lambda *told, **more: read.append(told[0]) or usual(*told, **more)
for name in ("decisions/home.html", "components/card.html", "500.html"):
    get_template(name)
print(gc.get_freeze_count(), "alongside.config.urls" in sys.modules, len(read))
"""


def test_a_worker_leaves_what_it_has_loaded_alone():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)

    frozen, has_addresses, templates_read = done.stdout.split()
    assert int(frozen) > 100_000
    assert has_addresses == "True"
    assert templates_read == "0"
