"""What rooms above hear from here: somebody no longer has every check of a kind, and leaves the pool of a duty.

    out_of_pool.connect(take_off_duties, dispatch_uid="rota")     # in apps.ready

Sent with `community`, `person`, `kind` and `on` (the first day without), once for each end and at every withdrawal
that leaves too few. A room that misses it loses nothing: it asks `pool.in_pool` again when it plans.
"""

from django.dispatch import Signal

out_of_pool = Signal()
