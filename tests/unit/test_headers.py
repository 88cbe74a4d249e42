"""Which column of a file is which field."""

import pytest

from vetting.kernel.headers import Column, UnusableHeader, match, parse_map

COLUMNS = (
    Column("name", ("Namn", "Föreningsnamn"), required=True),
    Column("orgnr", ("Organisationsnummer", "Org.nr"), required=True),
    Column("seat", ("Säte", "Ort")),
)


def test_spelling_and_signs_of_a_header_do_not_matter() -> None:
    found = match(["FÖRENINGS-NAMN ", "org nr", "Telefon", "ORT"], COLUMNS, {})
    assert dict(found.places) == {"name": 0, "orgnr": 1, "seat": 3}
    assert (found.unused, found.width) == (("Telefon",), 4)


def test_what_the_user_maps_goes_first() -> None:
    wanted = parse_map('Kund=name, "Org, id"=orgnr,Ort=-', COLUMNS)
    found = match(["Namn", "Kund", "Org, id", "Ort"], COLUMNS, wanted)
    assert dict(found.places) == {"name": 1, "orgnr": 2}
    assert found.unused == ("Namn", "Ort")


@pytest.mark.parametrize(
    ("header", "mapping", "code"),
    [
        (["Namn", "Org.nr"], "Namn", "map_unreadable"),
        (["Namn", "Org.nr"], "=name", "map_unreadable"),
        (["Namn", "Org.nr"], "Namn=namn", "map_unknown_field"),
        (["Namn", "Org.nr"], "Kund=name", "map_unknown_column"),
        (["Namn", "Föreningsnamn", "Org.nr"], "", "column_twice"),
        (["Namn", "Säte"], "", "column_missing"),
        (["Namn", "A", "B"], "A=orgnr,B=orgnr", "column_twice"),
    ],
)
def test_headers_that_cannot_be_used(header: list[str], mapping: str, code: str) -> None:
    with pytest.raises(UnusableHeader) as caught:
        match(header, COLUMNS, parse_map(mapping, COLUMNS))
    assert caught.value.code == code


def test_a_file_without_header_does_not_show_a_persons_number() -> None:
    with pytest.raises(UnusableHeader) as caught:
        match(["Solrosen", "850101-1236", "198501011236"], COLUMNS, {})
    assert "Solrosen" in str(caught.value)
    assert "850101" not in str(caught.value)
