"""Telling histories: the steps of many cases, each at its moment, in the order in which they happened."""

import heapq
import itertools
from collections.abc import Callable, Iterable
from datetime import datetime

from vetting.kernel import clock

Step = tuple[datetime, Callable[[], None]]


def tell(*stories: Iterable[Step]) -> None:
    """Takes every step with the clock at its moment. Steps of one story keep their order at the same moment."""
    number = itertools.count()
    steps = [(at, next(number), do) for story in stories for at, do in story]
    heapq.heapify(steps)
    now = clock.now()
    while steps:
        at, _number, do = heapq.heappop(steps)
        with clock.shifted(at - now):
            do()
