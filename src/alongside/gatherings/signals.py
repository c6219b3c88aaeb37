"""What rooms above listen to. The rows stay: who missed a signal finds them by their state."""

from django.dispatch import Signal

# Sent after the commit, with `booking`: somebody has a place, also by moving up from the waiting list.
booked = Signal()
# Sent after the commit, with `booking`: somebody gave up a place, or their place in line.
left = Signal()
# Sent after the commit, with `gathering`: who came is written down; once, by whoever closed it.
attendance_closed = Signal()
# Sent after the commit, with `attendance`: a coordinator settled a contradiction after the closing.
attendance_settled = Signal()
