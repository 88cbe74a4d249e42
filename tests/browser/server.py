"""The real application behind a real socket, in a thread of the test's process, on the test's own database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test that fails says what the page showed; the access log would only drown it."""


class _Server(ThreadedWSGIServer):
    """Each request has a thread and a database connection of its own, closed with it."""

    def close_request(self, request: object) -> None:
        connections.close_all()
        super().close_request(request)  # type: ignore[arg-type]


@contextmanager
def served() -> Iterator[str]:
    """The address of the application, for as long as the block lasts."""
    server = _Server(("127.0.0.1", 0), _Quiet, connections_override=None)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
