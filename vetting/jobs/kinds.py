"""Kinds of long work, registered by the rooms that own them."""

from collections.abc import Callable
from typing import Any

from vetting.kernel.registry import Registry

# A job's body: takes the arguments and a function that reports progress (done, of all); returns the result (JSON).
Body = Callable[[dict[str, Any], Callable[[int, int], None]], dict[str, Any]]

job_kinds: Registry[Body] = Registry("job kind")
