"""What rooms above listen to. The row stays: who missed the signal finds the decision by its state."""

from django.dispatch import Signal

# Sent after the commit that closed a decision, with `decision`; once, by whoever closed it.
outcome = Signal()
