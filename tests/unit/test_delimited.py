"""Reading CSV that people saved from other systems."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vetting.kernel.delimited import Record, UnreadableFile, examine, open_table


def known(header: tuple[str, ...]) -> int:
    return sum(title in {"Namn", "Orgnr", "Säte"} for title in header)


def read(path: Path) -> tuple[str, str, tuple[str, ...], list[Record]]:
    with open_table(path, recognise=known) as table:
        return table.encoding, table.delimiter, table.header, list(table.records)


@pytest.fixture
def save(tmp_path: Path):
    def write(content: bytes) -> Path:
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(save, delimiter: str, encoding: str, newline: str) -> None:
    lines = [["Namn", "Orgnr", "Säte"], ["Åsö", "859", "Örebro"], ['"a;b,c\td"', "1", ""]]
    path = save((newline.join(delimiter.join(line) for line in lines) + newline).encode(encoding))
    found, mark, header, records = read(path)
    assert found == {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    assert (mark, header) == (delimiter, ("Namn", "Orgnr", "Säte"))
    assert [record.cells for record in records] == [("Åsö", "859", "Örebro"), ("a;b,c\td", "1", "")]


def test_a_quoted_line_break_does_not_begin_a_record(save) -> None:
    records = read(save(b'Namn;Orgnr\r\n"A\r\nB";1\r\n\r\n;\r\nC;2\r\n'))[3]
    assert [(record.number, record.line, record.cells, record.is_empty) for record in records] == [
        (1, 2, ("A\r\nB", "1"), False),
        (2, 4, (), True),
        (3, 5, ("", ""), True),
        (4, 6, ("C", "2"), False),
    ]


def test_one_byte_late_in_the_file_decides_the_encoding(save) -> None:
    path = save(b"Namn;Orgnr\n" + b"A;1\n" * 50_000 + b"\xc5s\xf6;2\n")
    encoding, _, _, records = read(path)
    assert (encoding, records[-1].cells[0], len(records)) == ("cp1252", "Åsö", 50_001)


def test_misplaced_quotation_marks_break_one_record_only(save) -> None:
    records = read(save(b'Namn;Orgnr\n"Solen" i byn;1\nF\xc3\xb6r "Solen";2\n"Solen ""B""";3\n'))[3]
    assert [record.broken for record in records] == [True, False, False]
    assert [record.cells for record in records[1:]] == [('För "Solen"', "2"), ('Solen "B"', "3")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty_file", None),
        (b"\n\n;;\n", "empty_file", None),
        (b"PK\x03\x04rest", "is_workbook", None),
        (b"Namn;Orgnr\nA;\x00\n", "not_text", 2),
        (b"\xef\xbb\xbfNamn;Orgnr\nA;1\n\xc5s;2\n", "encoding_mixed", 3),
        (b"Namn;Orgnr\nA;1\n\x81\xc5;2\n", "encoding_unknown", 3),
        (b'Namn;Orgnr\nA;1\n"B;2\nC;3\n', "quote_unclosed", 3),
        (b'Namn;Orgnr\n"B;2\n' + b"C;3\n" * 40 + b'"D";4\n', "quote_unclosed", 2),
        (b'Namn;Orgnr\n"B;2\n' + b"C;3\n" * 60_000, "quote_unclosed", 2),
        (b'"Namn;Orgnr\n', "quote_unclosed", 1),
        (b"\xff\xfeN\x00\n\x00A", "encoding_mixed", 2),
    ],
)
def test_files_that_cannot_be_read_say_where_and_why(save, content: bytes, code: str, line: int | None) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(save(content))
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_quoted_headers(save, delimiter: str) -> None:
    text = (
        delimiter.join(['"Namn"', '"Org; nr, ""kort"""', '"Säte"']) + "\n" + delimiter.join(['"A"', "1", '"B"']) + "\n"
    )
    _, mark, header, records = read(save(text.encode()))
    assert (mark, header) == (delimiter, ("Namn", 'Org; nr, "kort"', "Säte"))
    assert records[0].cells == ("A", "1", "B")


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        read(path)
    except UnreadableFile as refused:
        assert refused.code
        assert str(refused)


def test_header_after_empty_lines(save) -> None:
    assert read(save(b"\n;;\nNamn;Orgnr\nA;1\n"))[2] == ("Namn", "Orgnr")


def test_plain_ascii_is_utf8(save) -> None:
    assert examine(save(b"Namn;Orgnr\n")) == ("utf-8-sig", 1)


@pytest.mark.parametrize(("content", "lines"), [(b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"a\r\nb\r\n\r\n", 3)])
def test_lines_are_counted(save, content: bytes, lines: int) -> None:
    assert examine(save(content))[1] == lines
