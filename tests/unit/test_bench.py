"""The bench's own arithmetic and answers; what it measures is tested where it belongs."""

import json

import pytest

from tests.bench import rows
from tests.bench.__main__ import main, run
from tests.bench.row import Result, Row, percentile, size_name


def test_percentile_is_a_value_that_occurred():
    values = [float(n) for n in range(1, 201)]
    assert percentile(values, 0.95) == 190
    assert percentile([7.0], 0.95) == 7


@pytest.mark.parametrize(("cases", "name"), [(1_000, "1k"), (100_000, "100k"), (250, "250")])
def test_sizes_are_named(cases, name):
    assert size_name(cases) == name


def test_an_unknown_row_is_named_with_those_that_exist(capsys):
    assert main(["--rows", "migrations,nonsense"]) == 2
    told = capsys.readouterr().err
    assert "no such row: nonsense" in told
    assert "transition_rate" in told


def test_a_row_that_breaks_is_not_met_and_keeps_what_it_measured(capsys):
    def breaks(world):
        yield Result(1, "s", True)
        raise RuntimeError("no luck")

    found = run(Row("x", "x", "x", breaks), None)
    assert [result.met for result in found] == [True, False]
    assert "no luck" in found[1].detail
    assert "no luck" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_table_and_the_file_say_the_same(tmp_path):
    import io

    from tests.bench.table import write_json, write_table

    row = Row("queue_page", "queue", "p95 ≤ 60 ms", lambda world: [])
    figures = [(row, Result(41.23, "ms", True, "first page", "10k")), (row, Result(130, "ms", False, "", "100k"))]
    write_json(figures, tmp_path / "bench.json")
    stored = json.loads((tmp_path / "bench.json").read_text())
    assert [set(line) for line in stored] == [{"id", "value", "unit", "target", "met", "detail"}] * 2
    out = io.StringIO()
    write_table(figures, out)
    for line in stored:
        assert line["id"] in out.getvalue()
    assert out.getvalue().count("NOT MET") == 1


def test_every_row_has_its_module_and_its_name():
    for name in rows.ORDER:
        assert rows.rows((name,))[0].id == name
