"""
A real S3 server for tests: OpenStack Swift with its S3 API, from Debian's packages.

One node, four processes and memcached, all on loopback with ports of their own, everything they
write under one temporary folder. Swift keeps its files' metadata in extended attributes, so the
folder must be on a filesystem that has them.
"""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = (
    "swift-proxy-server",
    "swift-account-server",
    "swift-container-server",
    "swift-object-server",
    "swift-ring-builder",
    "memcached",
)
HOST = "127.0.0.1"
START_S = 120
ACCESS_KEY = "test:tester"
PIPELINE = (
    "catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth bulk slo "
    "proxy-logging proxy-server"
)
FILTERS = {
    "catch_errors": "catch_errors",
    "gatekeeper": "gatekeeper",
    "healthcheck": "healthcheck",
    "listing_formats": "listing_formats",
    "bulk": "bulk",
    "slo": "slo",
    "proxy-logging": "proxy_logging",
}


@dataclass(frozen=True)
class S3Server:
    """Where the server listens, and what it lets in."""

    endpoint: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"

    def make_bucket(self) -> str:
        """Make a fresh bucket through the server's own API and return its name."""
        name = f"test-{secrets.token_hex(6)}"
        request = urllib.request.Request(f"{self.endpoint}/v1/AUTH_test/{name}", method="PUT")
        request.add_header("X-Auth-Token", self._token())
        with urllib.request.urlopen(request, timeout=30):
            return name

    def overwrite(self, bucket: str, key: str, content: bytes) -> None:
        """Replace an object behind everybody's back, as a fault or an intruder would."""
        url = f"{self.endpoint}/v1/AUTH_test/{bucket}/{key}"
        request = urllib.request.Request(url, data=content, method="PUT")
        request.add_header("X-Auth-Token", self._token())
        request.add_header("Content-Type", "application/octet-stream")
        with urllib.request.urlopen(request, timeout=30):
            pass

    def _token(self) -> str:
        request = urllib.request.Request(f"{self.endpoint}/auth/v1.0")
        request.add_header("X-Auth-User", self.access_key)
        request.add_header("X-Auth-Key", self.secret_key)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.headers["X-Auth-Token"])


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A running S3 server; tests that ask for it are skipped, saying so, where there is none."""
    from tests.conftest import missing

    absent = [name for name in PROGRAMS if not shutil.which(name)]
    if absent:
        missing("s3", f"not installed: {', '.join(absent)}")
    folder = tmp_path_factory.mktemp("swift")
    ports = _free_ports(5)
    server, words = _configure(folder, ports)
    running: list[subprocess.Popen[bytes]] = []
    environment = {**os.environ, "SWIFT_CONF_DIR": str(folder)}
    # Debian's Swift runs on Debian's Python, not on ours.
    environment.pop("PYTHONPATH", None)
    environment.pop("VIRTUAL_ENV", None)
    try:
        with (folder / "log").open("wb") as log:
            running.extend(
                subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
                for command in words
            )
        _wait(server.endpoint, ports, running, folder / "log")
        yield server
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            if process.poll() is None:
                process.kill()
                process.wait()


def _configure(folder: Path, ports: list[int]) -> tuple[S3Server, list[list[str]]]:
    """Write every configuration file; return the server and the commands that start it."""
    proxy, cache, *nodes = ports
    (folder / "node" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(
        f"[swift-hash]\nswift_hash_path_suffix = {secrets.token_hex(8)}\n"
        f"swift_hash_path_prefix = {secrets.token_hex(8)}\n"
        "[storage-policy:0]\nname = default\ndefault = yes\n"
    )
    secret = secrets.token_hex(16)
    words = [["memcached", "-u", "nobody", "-l", HOST, "-p", str(cache), "-m", "16"]]
    for kind, port in zip(("account", "container", "object"), nodes, strict=True):
        (folder / f"{kind}.conf").write_text(
            _defaults(folder, port) + f"devices = {folder / 'node'}\nmount_check = false\n"
            f"[pipeline:main]\npipeline = {kind}-server\n"
            f"[app:{kind}-server]\nuse = egg:swift#{kind}\n"
        )
        _ring(folder / f"{kind}.builder", port)
        words.append([f"swift-{kind}-server", str(folder / f"{kind}.conf")])
    (folder / "proxy.conf").write_text(_proxy(folder, proxy, cache, secret))
    words.append(["swift-proxy-server", str(folder / "proxy.conf")])
    return S3Server(f"http://{HOST}:{proxy}", ACCESS_KEY, secret), words


def _proxy(folder: Path, port: int, cache: int, secret: str) -> str:
    filters = "".join(f"[filter:{name}]\nuse = egg:swift#{egg}\n" for name, egg in FILTERS.items())
    return (
        _defaults(folder, port) + f"[pipeline:main]\npipeline = {PIPELINE}\n"
        "[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n"
        f"[filter:cache]\nuse = egg:swift#memcache\nmemcache_servers = {HOST}:{cache}\n"
        "connect_timeout = 20\nio_timeout = 20\npool_timeout = 20\n"
        "[filter:s3api]\nuse = egg:swift#s3api\ns3_acl = no\nlocation = us-east-1\n"
        "min_segment_size = 5242880\ndns_compliant_bucket_names = yes\n"
        f"[filter:tempauth]\nuse = egg:swift#tempauth\nuser_test_tester = {secret} .admin\n"
        + filters
    )


def _defaults(folder: Path, port: int) -> str:
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    return (
        f"[DEFAULT]\nbind_ip = {HOST}\nbind_port = {port}\nuser = {user}\n"
        f"swift_dir = {folder}\nworkers = 0\n"
        # Patient with itself: a busy machine is no failed node.
        "conn_timeout = 20\nnode_timeout = 60\nrecoverable_node_timeout = 60\n"
        "error_suppression_limit = 1000\n"
    )


def _ring(builder: Path, port: int) -> None:
    """Make a ring of one device; Swift says 1, a warning, when it balances so small a ring."""
    for arguments, allowed in (
        (["create", "4", "1", "1"], {0}),
        (["add", f"r1z1-{HOST}:{port}/d1", "1"], {0}),
        (["rebalance"], {0, 1}),
    ):
        ran = subprocess.run(
            ["swift-ring-builder", str(builder), *arguments], capture_output=True, check=False
        )
        assert ran.returncode in allowed, ran.stdout.decode()


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in held]


def _wait(
    endpoint: str, ports: list[int], running: list[subprocess.Popen[bytes]], log: Path
) -> None:
    """Wait until every part listens; fail with the server's own words when one does not start."""
    deadline = time.monotonic() + START_S
    waiting = list(ports)
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in running):
            break
        with contextlib.suppress(OSError):
            while waiting:
                socket.create_connection((HOST, waiting[0]), timeout=5).close()
                waiting.pop(0)
            with urllib.request.urlopen(f"{endpoint}/healthcheck", timeout=5):
                return
        time.sleep(0.2)
    pytest.fail(f"the S3 server did not start:\n{log.read_text(errors='replace')[-3000:]}")
