"""
A name resolved once, and every address that came back checked.

One that is not public is enough to refuse the name: an answer with both sorts is what somebody
sends who hopes that we look at the first and connect to the second.
"""

import socket
from collections.abc import Callable, Sequence

from app.reports.fetching.address import WebAddress
from app.reports.fetching.networks import is_public
from app.reports.fetching.refusal import FetchRefused, Why

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to addresses, as the system's resolver spells them; `OSError` when there are none."""
MOST_ADDRESSES = 64


def system(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked(address: WebAddress, resolver: Resolver) -> list[str]:
    """The public addresses of a host, all of them; `FetchRefused` when any is not."""
    if address.is_literal:
        found: Sequence[str] = [address.host]
    else:
        try:
            found = resolver(address.host, address.port)
        except (OSError, UnicodeError):
            raise FetchRefused(Why.UNKNOWN_HOST) from None
    if not found or len(found) > MOST_ADDRESSES:
        raise FetchRefused(Why.UNKNOWN_HOST)
    if not all(is_public(one) for one in found):
        raise FetchRefused(Why.NOT_PUBLIC)
    return list(found)
