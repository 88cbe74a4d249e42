"""The searched text follows number and name by itself, and is folded as the query is."""

import pytest
from django.db import connection

from applications.associations.models import Association
from applications.cases import executor
from applications.cases.models import Case, CaseSearch
from tests.factories import people
from tests.workflow import trial
from vetting.accounts.roles import Role
from vetting.kernel.search import fold
from vetting.kernel.sorting import swedish_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    trial.install()
    officer = people.actor(Role.GRANT_OFFICER)
    made = trial.new_case(officer)
    executor.perform(subject=made, action="submit", actor=officer)
    return Case.objects.select_related("association").get(pk=made.pk)


def found(text: str) -> list[int]:
    return list(CaseSearch.objects.matching(text).values_list("case_id", flat=True))


def test_a_case_is_found_by_number_name_and_orgnr_or_part_of_them(case):
    orgnr = case.association.orgnr
    name = case.association.name
    for text in (case.number, case.number[4:], name, name[3:9], orgnr, f"{orgnr[:6]}-{orgnr[6:]}", orgnr[2:8]):
        assert found(text) == [case.pk], text
    assert found("inget sådant") == []


def test_words_stand_in_any_order_and_leading_zeros_may_be_left_out(case):
    seq = case.number_seq
    assert found(f"{case.association.name} {case.number}") == [case.pk]
    assert found(f"{case.number_year}/{seq}") == [case.pk]
    assert found(f"{case.number_year}-{seq} kun") == [case.pk]


def test_signs_of_the_pattern_language_are_signs_like_others(case):
    assert found("%") == []
    assert found("_") == []


def test_a_new_name_is_found_and_the_old_is_not(case):
    old = case.association.name
    Association.objects.filter(pk=case.association_id).update(name="Östberga Odlarförening")
    assert found("ostberga ODLAR") == [case.pk]
    assert found(old) == []


def test_the_database_folds_as_the_query_does():
    text = "ÅÄÖ åäö Éé Üü Ññ Çç Ýý ÆØ Straße KUN 2026/0001"
    association = Association.objects.create(name=text, orgnr=people.orgnr(800_001))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_search_text('', %s)", [association.pk])
        assert fold(text) in cursor.fetchone()[0]


@pytest.mark.parametrize("name", ["Åke ÄÖ", "Élan Ünder", "Zebra", "ÆØ"])
def test_the_database_orders_names_as_lists_do(name):
    association = Association.objects.create(name=name, orgnr=people.orgnr(800_002))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_search_name(%s), cases_search_name(NULL)", [association.pk])
        key, nobody = cursor.fetchone()
    assert key == swedish_key(name)
    assert key < nobody
