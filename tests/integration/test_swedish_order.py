"""The database sorts as Python does, by an index, whatever the database's own locale."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.associations.models import Association
from tests.factories.people import orgnr
from vetting.kernel.sorting import swedish_key, swedish_order

pytestmark = pytest.mark.django_db
LETTERS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), min_size=1, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=8))
def test_database_and_python_make_the_same_key(texts: list[str]) -> None:
    template = swedish_order("x").extra["template"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {template % {'expressions': 'x'}} FROM unnest(%s::text[]) WITH ORDINALITY t(x, n) ORDER BY n",
            [texts],
        )
        assert [key for (key,) in cursor.fetchall()] == [swedish_key(text) for text in texts]


def test_associations_in_swedish_order() -> None:
    names = ["Örby IF", "Zinkens BK", "ängsklubben", "Åsö SK", "alfa", "Älta IF"]
    for number, name in enumerate(names):
        Association.objects.create(name=name, orgnr=orgnr(900_000 + number))
    found = list(Association.objects.order_by(swedish_order("name")).values_list("name", flat=True))
    assert found == ["alfa", "Zinkens BK", "Åsö SK", "Älta IF", "ängsklubben", "Örby IF"]
