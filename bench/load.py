"""A bounded number of GET requests over a few kept-alive connections, and how long they took."""

import http.client
import threading
import time
from contextlib import closing
from urllib.parse import urlsplit


def requests_per_second(
    url: str, *, headers: dict[str, str], count: int, connections: int, expected: bytes
) -> float:
    """
    Ask `count` times in all; raise unless every answer is exactly `expected`.

    The clock starts when every connection has had its first answer and all set off together.
    """
    each = count // connections
    ready = threading.Barrier(connections + 1)
    faults: list[BaseException] = []

    def ask() -> None:
        try:
            _ask(url, headers, each, expected, ready)
        except BaseException as fault:  # noqa: BLE001 - handed on to whoever measures
            faults.append(fault)
            ready.abort()

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    try:
        ready.wait()
    except threading.BrokenBarrierError:
        faults.append(RuntimeError("a connection did not come up"))
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if faults:
        raise faults[0]
    return each * connections / took


def _ask(
    url: str, headers: dict[str, str], count: int, expected: bytes, ready: threading.Barrier
) -> None:
    address = urlsplit(url)
    with closing(
        http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    ) as connection:
        _one(connection, address.path, headers, expected)
        ready.wait()
        for _ in range(count):
            _one(connection, address.path, headers, expected)


def _one(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str], expected: bytes
) -> None:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    if answer.read() != expected:
        raise RuntimeError(f"{answer.status}: not the bytes expected")
