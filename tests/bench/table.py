"""The table on the screen and bench.json."""

import json
import os
import platform
from pathlib import Path
from typing import TextIO

from django.db import connection

from tests.bench.row import Result, Row

Figures = list[tuple[Row, Result]]


def machine() -> str:
    """What was measured on: the figures are worth nothing without it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync')")
        version, fsync = cursor.fetchone()
    return (
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"PostgreSQL {version}, fsync {fsync}"
    )


def identity(row: Row, result: Result) -> str:
    return f"{row.id}@{result.size}" if result.size else row.id


def value(result: Result) -> str:
    if isinstance(result.value, str):
        return result.value
    shown = f"{result.value:,.0f}" if abs(result.value) >= 100 else f"{result.value:.3g}"
    return f"{shown} {result.unit}".replace(",", " ").strip()


def write_table(figures: Figures, out: TextIO) -> None:
    lines = [("row", "this machine", "", "target", "how")]
    lines += [
        (identity(row, result), value(result), "met" if result.met else "NOT MET", row.target, result.detail)
        for row, result in figures
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        out.write("  ".join([*cells, line[4]]).rstrip() + "\n")


def write_json(figures: Figures, path: Path) -> None:
    rows = [
        {
            "id": identity(row, result),
            "value": result.value,
            "unit": result.unit,
            "target": row.target,
            "met": result.met,
            "detail": result.detail,
        }
        for row, result in figures
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
