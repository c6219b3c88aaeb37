"""A worker has loaded what every request needs before the first one comes."""

import subprocess
import sys

LOOK = """
import alongside.config.wsgi, gc, sys
print(gc.get_freeze_count(), "alongside.config.urls" in sys.modules)
"""


def test_a_worker_leaves_what_it_has_loaded_alone():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)

    frozen, has_addresses = done.stdout.split()
    assert int(frozen) > 100_000
    assert has_addresses == "True"
