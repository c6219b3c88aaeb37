"""What rooms above hear from here: somebody has left a program.

    left.connect(free_duties, dispatch_uid="rota")      # in apps.ready

Sent with `enrolment`, `by` (a person) and `at` (the moment), inside the transaction in which they leave.
"""

from django.dispatch import Signal

left = Signal()
