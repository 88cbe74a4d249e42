"""Kinds of long work, registered by the rooms that own them."""

from collections.abc import Callable
from typing import Any

from vetting.kernel.labels import Label
from vetting.kernel.registry import Registry

# A job's body: takes the arguments and a function that reports progress (done, of all); returns the result (JSON).
# In the result the page of the job shows `file` (a stored file's key, to be fetched) and `page` (an address to go to).
Body = Callable[[dict[str, Any], Callable[[int, int], None]], dict[str, Any]]

job_kinds: Registry[Body] = Registry("job kind")

# What the job's page calls the work, e.g. "List of cases". A kind without a label is shown as "Work".
job_labels: Registry[Label] = Registry("job label")
