"""
A limit on sign-ins, per login and per address, in memory.

It makes guessing slow; it is not a lock: an attempt counts for five minutes, and a
sign-in that succeeds clears its login. A fleet of processes each counts its own. What is
remembered is a digest of the login, and never more than a fixed number of names.
"""

import hashlib
import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from app.core import clock
from app.core.errors import TooManyRequests

WINDOW = timedelta(minutes=5)
PER_LOGIN = 10
PER_ADDRESS = 50
REMEMBERED = 20_000


class SignInLimit:
    """Counts attempts; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._attempts: OrderedDict[str, deque[datetime]] = OrderedDict()

    def attempt(self, *, login: str, address: str) -> None:
        """Count one attempt, or raise `TooManyRequests` saying when to come back."""
        now = clock.now()
        with self._lock:
            counted = [
                (self._recent(_of_login(login), now), PER_LOGIN),
                (self._recent(f"address {address}", now), PER_ADDRESS),
            ]
            for attempts, allowed in counted:
                if len(attempts) >= allowed:
                    wait = attempts[0] + WINDOW - now
                    raise TooManyRequests(
                        "too many sign-ins; wait a little",
                        retry_after_s=max(1, int(wait.total_seconds())),
                    )
            for attempts, _ in counted:
                attempts.append(now)

    def succeeded(self, *, login: str) -> None:
        """Forget the attempts on a login whose owner just came in."""
        with self._lock:
            self._attempts.pop(_of_login(login), None)

    def _recent(self, name: str, now: datetime) -> deque[datetime]:
        attempts = self._attempts.setdefault(name, deque())
        self._attempts.move_to_end(name)
        while attempts and attempts[0] + WINDOW <= now:
            attempts.popleft()
        while len(self._attempts) > REMEMBERED:
            self._attempts.popitem(last=False)
        return attempts


def _of_login(login: str) -> str:
    return f"login {hashlib.sha256(login.strip().lower().encode(errors='replace')).hexdigest()}"
