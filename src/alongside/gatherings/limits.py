"""How often something may be asked within an hour, counted by each process for itself.

Nothing is written down for it: reading a calendar writes nothing, and neither does guessing.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

AN_HOUR, MOST_KEYS = 3600.0, 4096


class Limit:
    """At most `most` times an hour for each key; the keys that were quiet longest are forgotten first."""

    def __init__(self, most: int, *, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self.most, self._stopwatch = most, stopwatch
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def is_reached(self, key: str) -> bool:
        """True when there were as many within the last hour as there may be."""
        seen = self._seen.get(key, deque())
        while seen and seen[0] < self._stopwatch() - AN_HOUR:
            seen.popleft()
        return len(seen) >= self.most

    def count(self, key: str) -> None:
        seen = self._seen.setdefault(key, deque(maxlen=self.most))
        seen.append(self._stopwatch())
        self._seen.move_to_end(key)
        while len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)

    def forget(self) -> None:
        """For tests: as if nobody had asked."""
        self._seen.clear()
