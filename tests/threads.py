"""Threads that start together, each with a database connection of its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connections

Race = Callable[[Callable[[int], Any]], list[Any]]


def at_once(threads: int, do: Callable[[int], Any]) -> list[Any]:
    """Runs `do(index)` in all threads behind one barrier; an exception is returned in its place."""
    with racers(threads) as race:
        return race(do)


@contextmanager
def racers(threads: int) -> Iterator[Race]:
    """The same for many races in a row: the threads keep their connections until the block ends."""
    barrier = threading.Barrier(threads)

    def body(index: int, do: Callable[[int], Any]) -> Any:
        try:
            barrier.wait(60)  # so no thread can take two places
            return do(index)
        except Exception as error:
            return error

    with ThreadPoolExecutor(threads) as pool:

        def race(do: Callable[[int], Any]) -> list[Any]:
            return list(pool.map(lambda index: body(index, do), range(threads)))

        try:
            yield race
        finally:
            race(lambda _: connections.close_all())
