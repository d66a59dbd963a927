"""Every address says who may use it."""

from fastapi import FastAPI

from app.core.settings import Settings
from app.main import build
from tests.app.routes import routes

PUBLIC = {
    "GET /health",
    "GET /ready",
    "GET /problems/{slug}",
    "GET /api/v1/openapi.json",
    "HEAD /api/v1/openapi.json",
    "POST /api/v1/sessions",
    # pages: what is needed to sign in, and style
    "GET /static/…",
    "GET /sign-in",
    "POST /sign-in",
}
# What is looked for must not stand in an address, so these read by POST and keep nothing.
READ_BY_POST = {"POST /api/v1/searches", "POST /search"}
OWN_ACCOUNT = {
    "GET /api/v1/whoami",
    "PUT /api/v1/whoami/password",
    "GET /api/v1/tokens",
    "POST /api/v1/tokens",
    "DELETE /api/v1/tokens/{token_id}",
    "DELETE /api/v1/sessions/current",
    "POST /sign-out",
}


def app() -> FastAPI:
    return build(Settings())


def test_every_route_declares_a_permission_or_is_on_the_short_public_list() -> None:
    silent = {str(route) for route in routes(app()) if route.permissions is None}

    assert silent - PUBLIC == set()


def test_being_signed_in_is_enough_only_for_ones_own_account() -> None:
    open_to_all = {str(route) for route in routes(app()) if route.permissions == frozenset()}

    assert open_to_all - OWN_ACCOUNT == set()


def test_the_lists_name_nothing_that_is_not_there() -> None:
    assert {str(route) for route in routes(app())} >= PUBLIC | OWN_ACCOUNT


def test_every_change_under_the_api_asks_for_a_permission_to_change() -> None:
    """Nothing that reads lets in for a write."""
    writes = {
        str(route)
        for route in routes(app())
        if route.method in {"POST", "PUT", "PATCH", "DELETE"}
        and route.permissions
        and all(permission.endswith(":read") for permission in route.permissions)
    }

    assert writes == READ_BY_POST
