"""The reviewed table. One line per URL, method and kind of object; a column per role.

`x` the role reaches the page or its form in its own district · empty: refused (403, logged) · `404`: hidden.
`anonymous`: `login` (sent to sign in) or `open`. `elsewhere`: what a role that reaches it here meets when it stands in
another district: `404`, or `own` where the page has no object and shows what is that district's.
`out`: what a person whom a conflict of interest keeps out of the case meets; empty where there is no case.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vetting.accounts.roles import Role

PATH = Path(__file__).with_name("matrix.csv")
ROLES = tuple(role.value for role in Role)
COLUMNS = ("url", "method", "object", "anonymous", "elsewhere", "out", *ROLES)


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    method: str
    object: str
    anonymous: str
    elsewhere: str
    out: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.url} ({self.object})"

    @property
    def allowed(self) -> list[str]:
        return [role for role in ROLES if self.cells[role] == "x"]


def read() -> list[Line]:
    """The table's lines; ValueError names the line that is malformed."""
    with PATH.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{PATH.name}: the columns must be {', '.join(COLUMNS)}")
        lines = []
        for number, row in enumerate(reader, 2):
            if None in row or None in row.values():
                raise ValueError(f"{PATH.name}, line {number}: wrong number of cells")
            cells = {role: row[role].strip() for role in ROLES}
            if set(cells.values()) - {"x", "", "404"}:
                raise ValueError(f"{PATH.name}, line {number}: a cell is x, 404 or empty")
            lines.append(Line(*(row[name].strip() for name in COLUMNS[:6]), cells))
    return lines


def as_csv(lines: Iterable[Line]) -> str:
    """Lines as they stand in the file, without the heading."""
    return "".join(
        ",".join(
            [
                line.url,
                line.method,
                line.object,
                line.anonymous,
                line.elsewhere,
                line.out,
                *(line.cells[role] for role in ROLES),
            ]
        )
        + "\n"
        for line in lines
    )
