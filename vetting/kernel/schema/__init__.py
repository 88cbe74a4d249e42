"""Rules as data, with types: frozen dataclasses on one side, TOML files and JSON content on the other (docs/adr/0010).

A rule is described once, as a dataclass whose fields are made with `said()`. From that one description come the
reader with its errors (`read`), the stored form (`plain`), the file (`toml`), the page (`sheet`) and the difference
between two versions (`differences`). Knows no rule itself.
"""

from vetting.kernel.schema.fields import Choice, said
from vetting.kernel.schema.plain import plain
from vetting.kernel.schema.reading import Problem, read

__all__ = ["Choice", "Problem", "plain", "read", "said"]
