"""
An address of the web, taken apart once, so that no two parts of us read it differently.

Whatever is unusual is refused instead of interpreted: other schemes, passwords, other ports, white
space, control characters and backslashes, hosts that are numbers in another spelling than the
four decimal ones. A name that is not ASCII is turned into what the name service knows (IDNA 2008).
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from app.reports.fetching.refusal import FetchRefused, Why

MOST_CHARACTERS = 2_000
_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_HOST_CHARACTERS = 253
_BEYOND = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where to ask: scheme, host as the name service knows it, port, and what to ask for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_literal(self) -> bool:
        """Whether the host is an address itself and not a name."""
        return ":" in self.host or self.host.rsplit(".", 1)[-1].isdigit()

    @property
    def authority(self) -> str:
        """The host as it is named in a request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse(text: str, *, base: WebAddress | None = None) -> WebAddress:
    """Take an address apart, relative to `base` where it is; `FetchRefused` for none of ours."""
    if len(text) > MOST_CHARACTERS or _BEYOND.search(text):
        raise FetchRefused(Why.NO_WEB_ADDRESS)
    try:
        parts = urlsplit(urljoin(str(base), text) if base else text)
        port = parts.port
    except ValueError:
        raise FetchRefused(Why.NO_WEB_ADDRESS) from None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise FetchRefused(Why.NO_WEB_ADDRESS)
    if port is not None and port not in _PORTS.values():
        raise FetchRefused(Why.FORBIDDEN_PORT)
    host = _host(parts.hostname, is_bracketed="[" in parts.netloc)
    return WebAddress(parts.scheme, host, port or _PORTS[parts.scheme], _target(parts))


def _target(parts: SplitResult) -> str:
    """Path and query, with what no request line may hold escaped; the fragment is the reader's."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return f"{path}?{query}" if query else path


def _host(name: str, *, is_bracketed: bool) -> str:
    if is_bracketed:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise FetchRefused(Why.NO_WEB_ADDRESS) from None
    try:
        host = idna.encode(name.rstrip("."), uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError, ValueError, IndexError):
        raise FetchRefused(Why.NO_WEB_ADDRESS) from None
    labels = host.split(".")
    if len(host) > _HOST_CHARACTERS or not all(map(_LABEL.match, labels)):
        raise FetchRefused(Why.NO_WEB_ADDRESS)
    # A host that ends in a number is an address (WHATWG URL, 3.5), whatever a resolver makes of it.
    if labels[-1].isdigit() or re.match(r"0x[0-9a-f]*\Z", labels[-1]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise FetchRefused(Why.NO_WEB_ADDRESS) from None
    return host
