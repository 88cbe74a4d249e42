"""Threads that start together, each with a database connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def at_once(threads: int, do: Callable[[int], Any]) -> list[Any]:
    """Runs `do(index)` in all threads behind one barrier; an exception is returned in its place."""
    barrier = threading.Barrier(threads)

    def body(index: int) -> Any:
        try:
            barrier.wait(30)
            return do(index)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(body, range(threads)))
