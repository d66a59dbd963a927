"""
The compose file, held against the program it starts: commands, settings, secrets, ports.

No container engine is needed. What Docker itself would refuse is covered as far as a reading of the
file can; test_fleet.py starts the same commands natively.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SERVICE_KEYS = frozenset(
    "build cap_drop command depends_on entrypoint environment healthcheck image ports read_only "
    "restart secrets security_opt stop_grace_period tmpfs volumes".split()
)
HEALTH_KEYS = frozenset({"test", "interval", "timeout", "start_period", "retries"})
DURATION = re.compile(r"\d+[smh]")
OURS = ("migrate", "web", "worker")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"]
    return found


def test_the_file_has_only_parts_that_compose_knows(
    compose: dict[str, Any], services: dict[str, Any]
) -> None:
    known = {"name", "services", "volumes", "secrets"}
    assert {name for name in compose if not name.startswith("x-")} == known
    for name, service in services.items():
        assert set(service) <= SERVICE_KEYS, name
        assert isinstance(service["image"], str), name


def test_every_command_of_ours_is_one_the_program_has(services: dict[str, Any]) -> None:
    from typer.main import get_command

    from app.cli import app

    for name in OURS:
        program, *words = services[name]["command"]
        assert program == "earwitness"
        command: Any = get_command(app)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        assert not hasattr(command, "commands"), f"{name} names no whole command"
        context = command.make_context("earwitness", list(words))
        assert context.args == [], name


def test_every_variable_of_ours_is_a_setting(services: dict[str, Any]) -> None:
    settings = {f"EARWITNESS_{field.upper()}" for field in Settings.model_fields}
    for name in OURS:
        assert set(services[name]["environment"]) <= settings, name


def test_the_settings_take_the_values_they_are_given(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OURS:
        for variable, value in services[name]["environment"].items():
            monkeypatch.setenv(variable, re.sub(r"\$\{\w+:-(.*)\}", r"\1", value))
        settings = Settings()
        assert settings.s3_bucket == "earwitness"
        assert settings.database_url is not None


def test_no_secret_stands_in_the_environment(
    compose: dict[str, Any], services: dict[str, Any]
) -> None:
    secret = re.compile(r"password|secret|token|access_key", re.IGNORECASE)
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if secret.search(variable):
                assert value.startswith("/run/secrets/"), (name, variable)
                assert value.removeprefix("/run/secrets/") in service["secrets"], (name, variable)
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())


def test_a_password_in_a_url_would_be_noticed() -> None:
    url = Settings(database_url="postgresql+psycopg://earwitness@database/earwitness").database_url
    assert url is not None
    assert url in (ROOT / "docker-compose.yml").read_text().replace(":5432", "")


def test_only_the_web_port_is_published_and_only_to_the_host_itself(
    services: dict[str, Any],
) -> None:
    assert {name for name, service in services.items() if "ports" in service} == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])


def test_every_lasting_service_has_a_health_check(services: dict[str, Any]) -> None:
    for name, service in services.items():
        check = service["healthcheck"]
        if name == "migrate":
            assert check == {"disable": True}
            continue
        assert set(check) <= HEALTH_KEYS, name
        assert check["test"][0] == "CMD", name
        for key in set(check) - {"test", "retries"}:
            assert DURATION.fullmatch(check[key]), (name, key)


def test_a_health_check_written_in_python_compiles(services: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        shell, option, program = services[name]["healthcheck"]["test"][1:]
        assert (shell, option) == ("python", "-c")
        compile(program, name, "exec")


def test_whoever_waits_for_health_waits_for_something_that_reports_it(
    services: dict[str, Any],
) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            disabled = services[needed]["healthcheck"] == {"disable": True}
            wanted = "service_completed_successfully" if disabled else "service_healthy"
            assert how == {"condition": wanted}, (name, needed)


def test_nobody_starts_before_the_schema_is_there(services: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        assert "migrate" in services[name]["depends_on"]


def test_every_volume_is_declared_and_used(
    compose: dict[str, Any], services: dict[str, Any]
) -> None:
    used = {source for source in _sources(services) if not source.startswith((".", "/"))}
    assert used == set(compose["volumes"])


def test_every_process_of_ours_is_confined(services: dict[str, Any]) -> None:
    for name in OURS:
        assert services[name]["cap_drop"] == ["ALL"], name
        assert services[name]["read_only"] is True, name
        assert "no-new-privileges:true" in services[name]["security_opt"], name


def test_executor_ids_are_stable_and_differ(services: dict[str, Any]) -> None:
    ids = [services[name]["environment"]["EARWITNESS_EXECUTOR_ID"] for name in ("web", "worker")]
    assert len(set(ids)) == len(ids)
    assert all("$" not in one for one in ids)


def test_no_image_is_left_to_chance(services: dict[str, Any]) -> None:
    for name, service in services.items():
        _, _, tag = service["image"].partition(":")
        assert tag not in {"", "latest"}, name


def _sources(services: dict[str, Any]) -> Iterator[str]:
    for service in services.values():
        for volume in service.get("volumes", []):
            yield volume.split(":")[0]
