"""
One page fetched over HTTP: to a checked address, within bounds of time and size.

The connection is opened to the address that was checked, never to a name: what a name means may
change between two looks. No proxy, no cookie, no password, no compression is asked for. The
certificate must be that of the host that was named. A redirect is a new address and begins
from the start; a clock stops everything, also a server that sends one byte a minute.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.core import clock
from app.reports.fetching.address import WebAddress, parse
from app.reports.fetching.refusal import FetchRefused, Why
from app.reports.fetching.resolving import Resolver, checked, system

MOST_REDIRECTS = 5
MOST_BYTES = 50 << 20
MOST_SECONDS = 60.0
_CONNECT_SECONDS = 10.0
_PIECE = 1 << 16
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CERTIFIED = ssl.create_default_context
_AGENT = "earwitness (archives published reports as evidence)"

Dial = Callable[[str, int, float], socket.socket]
"""Opens a TCP connection to an address that was checked, within so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A page as a server sent it: `header` from its status line to the blank line, then `body`."""

    url: str
    header: bytes
    body: bytes
    media_type: str
    at: datetime
    redirects: int


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to this address and no other."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        made.connect((address, port))
    except BaseException:
        made.close()
        raise
    return made


def fetch(
    url: str,
    *,
    resolver: Resolver = system,
    dialler: Dial = dial,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
) -> Answered:
    """Get a page; `FetchRefused` says why there is none."""
    due = time.monotonic() + most_seconds
    address = parse(url)
    for redirects in range(MOST_REDIRECTS + 1):
        answer = _ask(address, resolver, dialler, due, most_bytes)
        if isinstance(answer, str):
            address = parse(answer, base=address)
            continue
        header, body, media_type = answer
        return Answered(
            url=str(address),
            header=header,
            body=body,
            media_type=media_type,
            at=clock.now(),
            redirects=redirects,
        )
    raise FetchRefused(Why.TOO_MANY_REDIRECTS)


def _ask(
    address: WebAddress, resolver: Resolver, dialler: Dial, due: float, most_bytes: int
) -> str | tuple[bytes, bytes, str]:
    """Where a redirect leads, or the header, body and media type of the page."""
    known = checked(address, resolver)
    with contextlib.ExitStack() as stack:
        connection = _connected(address, known, dialler, due)
        stack.callback(connection.close)
        # What waits for a byte is woken by the end of the connection, however the bytes are read.
        clockwork = threading.Timer(max(0.0, due - time.monotonic()), _cut, [connection])
        clockwork.daemon = True
        clockwork.start()
        stack.callback(clockwork.cancel)
        try:
            connection.settimeout(None)  # the clockwork ends what takes too long
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            answer = _exchange(address, connection, most_bytes)
        except ssl.SSLCertVerificationError:
            raise FetchRefused(Why.NOT_TRUSTED) from None
        except (OSError, http.client.HTTPException, ValueError):
            why = Why.OUT_OF_TIME if time.monotonic() >= due else Why.BROKEN_ANSWER
            raise FetchRefused(why) from None
    if time.monotonic() >= due:  # cut short, which can look like the end of a page
        raise FetchRefused(Why.OUT_OF_TIME)
    return answer


def _connected(address: WebAddress, known: list[str], dialler: Dial, due: float) -> socket.socket:
    for one in known:
        left = due - time.monotonic()
        if left <= 0:
            raise FetchRefused(Why.OUT_OF_TIME)
        try:
            connection = dialler(one, address.port, min(left, _CONNECT_SECONDS))
        except OSError:
            continue
        if address.scheme == "http":
            return connection
        try:
            return _CERTIFIED().wrap_socket(
                connection, server_hostname=address.host, do_handshake_on_connect=False
            )
        except (OSError, ValueError):
            connection.close()
            raise FetchRefused(Why.UNREACHABLE) from None
    raise FetchRefused(Why.UNREACHABLE)


def _exchange(
    address: WebAddress, connection: socket.socket, most_bytes: int
) -> str | tuple[bytes, bytes, str]:
    asked = (
        f"GET {address.target} HTTP/1.1\r\nHost: {address.authority}\r\n"
        f"User-Agent: {_AGENT}\r\nAccept: text/html, application/pdf, text/plain;q=0.8\r\n"
        "Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(asked.encode("ascii"))
    response = http.client.HTTPResponse(connection, method="GET")
    response.begin()
    if response.status in _REDIRECTS:
        target = response.getheader("Location")
        if target is None:
            raise FetchRefused(Why.BROKEN_ANSWER)
        return target
    if response.status != _OK:
        raise FetchRefused(Why.NOT_ANSWERED_WITH_A_PAGE)
    body = bytearray()
    while piece := response.read(_PIECE):
        body += piece
        if len(body) > most_bytes:
            raise FetchRefused(Why.TOO_LARGE)
    if response.length:  # the rest that was announced
        raise FetchRefused(Why.BROKEN_ANSWER)
    media_type = response.getheader("Content-Type") or "application/octet-stream"
    return _header(response, len(body)), bytes(body), " ".join(media_type.split())[:200]


def _header(response: http.client.HTTPResponse, size: int) -> bytes:
    """The header as sent, with the length of the body as it is kept instead of how it was cut up."""
    reason = " ".join((response.reason or "").split())
    lines = [f"HTTP/1.1 {response.status} {reason}".rstrip()]
    lines += [
        f"{name}: {' '.join(value.split())}"
        for name, value in response.getheaders()
        if name.lower() not in {"transfer-encoding", "content-length", "set-cookie"}
    ]
    lines.append(f"Content-Length: {size}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # The socket's own: that of a TLS connection would change what another thread reads.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
