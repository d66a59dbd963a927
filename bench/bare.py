"""
The yardstick: a FastAPI application with one endpoint that answers with fixed bytes.

    python -m bench.bare FILE PORT

It asks nobody who they are, reads no database and writes no log, in a process of its own
under the same uvicorn settings as the service.
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response


def application(content: bytes) -> FastAPI:
    """One route, `/`, that gives `content` as JSON."""
    app = FastAPI(openapi_url=None)

    @app.get("/", response_class=Response)
    def answer() -> Response:
        return Response(content, media_type="application/json")

    return app


if __name__ == "__main__":
    uvicorn.run(
        application(Path(sys.argv[1]).read_bytes()),
        port=int(sys.argv[2]),
        log_config=None,
        timeout_graceful_shutdown=5,
    )
