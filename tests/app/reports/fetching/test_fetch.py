"""Whatever address is asked for, and whatever its name means: only public addresses are reached."""

import ipaddress
import re
import socket
import threading
from collections.abc import Iterator

import pytest

from app.reports.fetching.fetch import Answered, fetch
from app.reports.fetching.refusal import FetchRefused, Why

PUBLIC = "93.184.216.34"
"""An address that the tests call public; connections to it are made to a server of the test."""
PAGE = b"<html><body><p>The convoy leaves at noon.</p></body></html>"
INWARD = (
    "127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 169.254.169.254 "
    "172.16.0.1 172.31.255.254 192.0.0.170 192.0.2.1 192.168.0.1 192.168.255.255 198.18.0.1 "
    "198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 192.88.99.1 "
    ":: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 "
    "2001::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: fc00::1 fd00:ec2::254 fe80::1 fec0::1 "
    "ff02::1 3fff::1 5f00::1 2001:10::1 2001:20::1"
).split()
SPELLINGS = (
    "127.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.01 ①②⑦.0.0.1 127。0。0。1 "
    "１２７.0.0.1 127.0.0.1. localhost localhost. LOCALHOST ip6-localhost 0 0x0 00 169.254.43518 "
    "2852039166 0xa9fea9fe 0251.0376.0251.0376 %31%32%37.0.0.1 127.0.0.1%00 metadata.google.internal "
    "kubernetes.default.svc database db 1.0.0.127.in-addr.arpa a.b..c -x.example x-.example .example "
    "[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:0001] [64:ff9b::7f00:1] "
    "[fe80::1%25eth0] [fe80::1] [2002:7f00:1::] [::127.0.0.1] [fec0::1] [ff02::1] [v1.fe] [] [::1"
).split()
SCHEMES = (
    "file:///etc/passwd gopher://127.0.0.1:70/ ftp://127.0.0.1/ dict://127.0.0.1:11211/ "
    "jar:http://127.0.0.1!/ javascript:alert(1) data:text/html,x ldap://127.0.0.1 //127.0.0.1/ "
    "http:/127.0.0.1 http:127.0.0.1 http:///127.0.0.1 https: http:// HTTP://127.0.0.1/ unix:/run/x "
    "http+unix://%2Frun%2Fx/ netdoc:///x sftp://127.0.0.1 ws://127.0.0.1 view-source:http://127.0.0.1"
).split()
PORTS = (0, 1, 22, 25, 53, 81, 5432, 6379, 8000, 8080, 9200, 11211, 65535, 65536, -1)


def corpus() -> list[str]:
    """Addresses that somebody sends who wants in."""
    literal = [f"[{one}]" if ":" in one else one for one in INWARD]
    hosts = [*literal, *SPELLINGS]
    made = [
        f"{scheme}://{host}{path}"
        for host in hosts
        for scheme in ("http", "https")
        for path in ("/", "/x?y=1")
    ]
    made += [
        f"http://{host}:{port}/" for port in PORTS for host in ("127.0.0.1", "public.example")
    ]
    made += [f"http://public.example@{host}/" for host in literal]
    made += [f"http://{host}#@public.example/" for host in literal]
    made += [f"http://{host}\\@public.example/" for host in literal[:10]]
    made += [f"http://public.example/\r\nHost: {host}" for host in literal[:10]]
    made += [f"http://inward-{number}.example/" for number in range(len(INWARD))]
    made += [f"http://both-{number}.example/" for number in range(len(INWARD))]
    made += [f"http://public.example/to/{number}" for number in range(len(INWARD))]
    made += [f"http://public.example/spelled/{number}" for number in range(len(SPELLINGS))]
    made += [f"http://turning-{number}.example/" for number in range(40)]
    made += [*SCHEMES, "", " ", "http://" + "a" * 3_000, "http://" + "a." * 200 + "example/"]
    return made


class Rebinding:
    """A name service of somebody hostile: what a name means depends on how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.times += 1
        numbered = re.match(r"(?:inward|both|turning)-(\d+)\.", host)
        number = int(numbered[1]) if numbered else 0
        if host.startswith("inward-"):
            return [INWARD[number]]
        if host.startswith("both-"):
            return [PUBLIC, INWARD[number]]
        if host.startswith("turning-"):
            return [PUBLIC] if self.times % 2 else ["127.0.0.1"]
        if host.endswith(("example", "public.example")):
            return [PUBLIC]
        return ["127.0.0.1"]


class Server:
    """A real server on the loopback, and a count of everybody who connected to it."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connected = 0
        self.answers: dict[str, bytes] = {}
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connected += 1
            with connection:
                asked = connection.recv(65_536).decode("latin-1").split(" ")
                connection.sendall(self._answer(asked[1] if len(asked) > 1 else "/"))

    def _answer(self, path: str) -> bytes:
        if path in self.answers:
            return self.answers[path]
        kind, _, number = path.strip("/").partition("/")
        target = {"to": INWARD, "spelled": SPELLINGS}.get(kind)
        if target:
            host = target[int(number)]
            host = f"[{host}]" if kind == "to" and ":" in host else host
            return redirect(f"http://{host}/")
        return page()


def page(body: bytes = PAGE, *fields: str) -> bytes:
    head = "".join(f"{field}\r\n" for field in ("Content-Type: text/html", *fields))
    return f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def redirect(target: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.socket.close()


class Network:
    """Connects as the fetcher asks; what it calls public is the test's own server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.dialled: list[str] = []

    def __call__(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append(address)
        assert address == PUBLIC, f"{address} would have been connected to"
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=seconds)


def asked(url: str, network: Network, **limits: float) -> Answered | Why:
    try:
        return fetch(url, resolver=Rebinding(), dialler=network, **limits)  # type: ignore[arg-type]
    except FetchRefused as refused:
        return refused.why


def test_none_of_five_hundred_hostile_addresses_leads_to_a_connection_that_is_not_public(
    server: Server,
) -> None:
    network = Network(server)
    urls = corpus()
    assert len(urls) >= 500
    outcomes = {url: asked(url, network) for url in urls}

    assert set(network.dialled) == {PUBLIC}
    assert server.connected == len(network.dialled), "every connection was asked for by name"
    reached = {url for url, outcome in outcomes.items() if isinstance(outcome, Answered)}
    assert all("turning-" in url or "public.example" in url for url in reached)


def test_a_name_is_asked_for_once_and_the_connection_goes_where_it_was_checked(
    server: Server,
) -> None:
    resolver, network = Rebinding(), Network(server)

    answered = fetch("http://turning-1.example/", resolver=resolver, dialler=network)

    assert resolver.times == 1
    assert (network.dialled, answered.body) == ([PUBLIC], PAGE)
    with pytest.raises(FetchRefused) as refused:  # a second look would have been at the loopback
        fetch("http://turning-1.example/", resolver=resolver, dialler=network)
    assert refused.value.why is Why.NOT_PUBLIC


def test_each_redirect_is_checked_from_the_start_and_counted(server: Server) -> None:
    server.answers = {"/one": redirect("/two"), "/two": redirect("http://public.example/end")}
    network = Network(server)

    answered = asked("http://public.example/one", network)

    assert isinstance(answered, Answered)
    assert (answered.url, answered.redirects) == ("http://public.example/end", 2)
    assert answered.header.startswith(b"HTTP/1.1 200 OK\r\n")
    server.answers = {"/": redirect("/")}
    assert asked("http://public.example/", network) is Why.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(bytes(200_000)), Why.TOO_LARGE),
        (page().replace(b"Length: 5", b"Length: 9"), Why.BROKEN_ANSWER),
        (b"SSH-2.0-x\r\n", Why.BROKEN_ANSWER),
        (b"", Why.BROKEN_ANSWER),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Why.NOT_ANSWERED_WITH_A_PAGE),
        (b"HTTP/1.1 302 Found\r\n\r\n", Why.BROKEN_ANSWER),
        (redirect("file:///etc/passwd"), Why.NO_WEB_ADDRESS),
        (redirect("http://public.example:8080/"), Why.FORBIDDEN_PORT),
        (page(PAGE, *(f"X-{n}: y" for n in range(200))), Why.BROKEN_ANSWER),
    ],
)
def test_an_answer_that_is_no_page_is_refused_by_name(
    server: Server, answer: bytes, why: Why
) -> None:
    server.answers = {"/": answer}

    assert asked("http://public.example/", Network(server), most_bytes=100_000) is why


def test_a_server_that_goes_silent_is_left_when_time_is_up(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    held: list[socket.socket] = []

    def silent(_address: str, _port: int, _seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        held.append(theirs)
        theirs.sendall(head)
        return ours

    with pytest.raises(FetchRefused) as refused:
        fetch("http://public.example/", resolver=Rebinding(), dialler=silent, most_seconds=0.2)
    for one in held:
        one.close()
    assert refused.value.why is Why.OUT_OF_TIME


def test_a_server_that_speaks_no_tls_is_not_believed(server: Server) -> None:
    assert asked("https://public.example/", Network(server)) is Why.BROKEN_ANSWER


def test_no_proxy_of_the_environment_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")

    assert isinstance(asked("http://public.example/", Network(server)), Answered)


def test_the_table_agrees_that_what_is_inward_is_not_public() -> None:
    from app.reports.fetching.networks import is_public

    assert [one for one in INWARD if is_public(one)] == []
    assert is_public(PUBLIC)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert not any(
        is_public(word) for word in ("", "localhost", "1.2.3", "fe80::1%1", "2606::1%x")
    )
    believed_global = [one for one in INWARD if ipaddress.ip_address(one).is_global]
    assert believed_global, "why the standard library is not asked"
