"""How many pages a browser may ask for: a bucket that fills by itself, one for each."""

import time
from collections import OrderedDict
from threading import Lock

# So many browsers are remembered; the one longest unseen is forgotten, which harms nobody.
MOST_BROWSERS = 20_000


class Buckets:
    """Token buckets in the memory of one process.

    Each holds `size` requests and refills by `per_second`; 0 per second switches it off.
    """

    def __init__(self, per_second: float, size: int) -> None:
        self._per_second, self._size = per_second, size
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, whose: str, *, now: float | None = None) -> bool:
        """Take one request out of a bucket; False when it is empty.

        `now` are seconds of a clock that never goes back.
        """
        if not self._per_second:
            return True
        moment = time.monotonic() if now is None else now
        with self._lock:
            level, seen = self._levels.pop(whose, (float(self._size), moment))
            level = min(self._size, level + (moment - seen) * self._per_second)
            allowed = level >= 1
            self._levels[whose] = (level - 1 if allowed else level, moment)
            if len(self._levels) > MOST_BROWSERS:
                self._levels.popitem(last=False)
        return allowed
