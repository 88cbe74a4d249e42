"""Searching the register: a part of a name or number, typing errors, order, and that indexes serve it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from stdnum import luhn

from applications.associations.models import Association, DistrictAssociation
from applications.associations.selectors import COUNTED, Filters, Match, _narrowed, _part, areas, find_associations
from tests import database
from tests.factories import people
from vetting.kernel.search import fold, folded_text

NAMES = {
    "Bagarmossens Bordtennisklubb": "Skarpnäck",
    "Årsta Körförening": "Enskede-Årsta-Vantör",
    "Älvsjö Kvinnoförening": "Hägersten-Älvsjö",
    "Zinkens 100 % Boule_klubb": "Södermalm",
    "Ön IF": "Södermalm",
}


@pytest.fixture
def register(db: None) -> dict[str, str]:
    """Name → number of a few associations."""
    for number, (name, area) in enumerate(NAMES.items()):
        Association.objects.create(name=name, orgnr=people.orgnr(950_000 + number), area=area, status="active")
    return dict(Association.objects.values_list("name", "orgnr"))


def names(text: str = "", **filters: Any) -> list[str]:
    return [row.name for row in find_associations(Filters(text=text, **filters)).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bordtennis", ["Bagarmossens Bordtennisklubb"]),
        ("BORDTENNIS", ["Bagarmossens Bordtennisklubb"]),
        ("klubb bagarm", ["Bagarmossens Bordtennisklubb"]),
        ("arsta", ["Årsta Körförening"]),
        ("ÅRSTA  kor", ["Årsta Körförening"]),
        ("förening", ["Årsta Körförening", "Älvsjö Kvinnoförening"]),
        ("100 %", ["Zinkens 100 % Boule_klubb"]),
        ("boule_k", ["Zinkens 100 % Boule_klubb"]),
        ("ön", ["Ön IF"]),
        ("z", ["Zinkens 100 % Boule_klubb"]),
        ("å", ["Årsta Körförening"]),
        ("%", []),
        (
            "",
            [
                "Bagarmossens Bordtennisklubb",
                "Zinkens 100 % Boule_klubb",
                "Årsta Körförening",
                "Älvsjö Kvinnoförening",
                "Ön IF",
            ],
        ),
    ],
)
def test_by_a_part_of_the_name(register: dict[str, str], text: str, found: list[str]) -> None:
    assert names(text) == found


def test_by_the_number_or_a_part_of_it(register: dict[str, str]) -> None:
    name, number = "Årsta Körförening", register["Årsta Körförening"]
    for text in (
        number,
        f"{number[:6]}-{number[6:]}",
        f"16{number}",
        f" {number[:6]} {number[6:]} ",
        number[3:],
        number[-6:],
    ):
        assert name in names(text), text
    assert names(number) == [name]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("bagarmosens bordtenis", "Bagarmossens Bordtennisklubb"),
        ("bordtenisklubb", "Bagarmossens Bordtennisklubb"),
        ("alvsjo kvinoforening", "Älvsjö Kvinnoförening"),
        ("korförenig årsta", "Årsta Körförening"),
    ],
)
def test_a_typing_error_still_finds(register: dict[str, str], text: str, best: str) -> None:
    found = find_associations(Filters(text=text))
    assert found.match is Match.SIMILAR
    assert found.rows[0].name == best


def test_nothing_is_found_of_nonsense(register: dict[str, str]) -> None:
    found = find_associations(Filters(text="xyzzy qwerty"))
    assert (list(found.rows), found.number, found.match) == ([], 0, Match.PART)


@pytest.mark.parametrize("text", ["850101-1236", "8501011236", "198501011236", "850101+1236"])
def test_a_persons_number_is_not_searched(register: dict[str, str], text: str) -> None:
    found = find_associations(Filters(text=text))
    assert (list(found.rows), found.match) == ([], Match.IDENTITY)


def test_filters_narrow(register: dict[str, str]) -> None:
    home = people.district()
    DistrictAssociation.objects.create(association=Association.objects.get(name="Ön IF"), district=home)
    assert names(area="Södermalm") == ["Zinkens 100 % Boule_klubb", "Ön IF"]
    assert names("klubb", area="Södermalm") == ["Zinkens 100 % Boule_klubb"]
    assert names(district_ids=[home.pk]) == ["Ön IF"]
    assert names(district_ids=[]) == []
    assert names(status="bankrupt") == []
    assert areas() == ["Enskede-Årsta-Vantör", "Hägersten-Älvsjö", "Skarpnäck", "Södermalm"]


def test_similar_names_keep_to_the_filter(register: dict[str, str]) -> None:
    assert names("bagarmosens bordtenis", area="Södermalm") == []


def test_folding_in_python_and_in_the_database_agree(db: None) -> None:
    texts = ["ÅÄÖ åäö", "Ægir Ørsted", "Éva İÇ ñandú", "Łódź ß 100 %_"]
    template = folded_text("x").extra["template"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {template % {'expressions': 'x'}} FROM unnest(%s::text[]) WITH ORDINALITY t(x, n) ORDER BY n",
            [texts],
        )
        assert [key for (key,) in cursor.fetchall()] == [fold(text) for text in texts]


@pytest.fixture
def large(real_db: str) -> Iterator[None]:
    """Twenty thousand associations, with the planner's statistics."""
    bodies = [f"857{number:06d}" for number in range(20_000)]
    kinds = ["Idrott", "Körsång", "Schack", "Odling", "Teater"]
    Association.objects.bulk_create(
        Association(
            orgnr=body + luhn.calc_check_digit(body),
            name=f"{kinds[number % 5]}sföreningen {chr(97 + number % 26)}{number * 7919 % 20_000:05d}",
            area=f"Område {number % 12}",
        )
        for number, body in enumerate(bodies)
    )
    with psycopg.connect(database.owner_url(real_db), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE associations_association")
    yield


@pytest.mark.slow
def test_indexes_serve_the_search(large: None) -> None:
    def plan(rows: Any) -> str:
        return str(rows.explain())

    def plan_of(text: str) -> str:
        return plan(_narrowed(Filters()).filter(_part(text)).order_by())

    assert "associations_name_order" in plan(find_associations(Filters()).rows[:50])
    assert "associations_area_order" in plan(find_associations(Filters(area="Område 3")).rows[:50])
    assert "associations_name_trgm" in plan_of("teatersföreningen b00123")
    assert "associations_orgnr_trgm" in plan_of("8570123")
    assert "associations_association_orgnr" in plan_of("857000012" + luhn.calc_check_digit("857000012"))
    with connection.cursor() as cursor:
        similar = _similar_plan(cursor)
    assert "associations_name_trgm" in similar
    found = find_associations(Filters())
    assert (found.number, found.is_capped) == (COUNTED + 1, True)


def _similar_plan(cursor: Any) -> str:
    rows = Association.objects.alias(folded_name=folded_text("name"))
    return str(rows.filter(folded_name__trigram_word_similar="teatersforenigen b00123").explain())
