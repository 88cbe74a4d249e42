"""The case page: what stands on it, for whom, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.cases import executor
from applications.cases.models import Case, CaseLink, Recusal
from applications.grants.models import GrantApplication, OtherSupport
from tests.factories import volume
from vetting.accounts.actors import system_actor
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    volume.fill(60)
    return Case.objects.filter(state="review").select_related("association").first()


@pytest.fixture
def client(case):
    return volume.signed_in("handlaggare")


def page(client, case) -> str:
    answer = client.get(f"/arenden/{case.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_where_and_until_when(client, case):
    content = page(client, case)
    for wanted in (case.association.name, case.number, "Sakprövning", case.officer.name, case.due_on.isoformat()):
        assert wanted in content
    assert 'aria-current="step"' in content


def test_it_shows_the_application_with_its_sums(client, case):
    content = page(client, case)
    lines = case.grantapplication.budget.all()
    assert lines
    for line in lines:
        assert line.cost in content
    assert case.grantapplication.purpose in content


def test_support_for_the_same_cost_is_marked(client, case):
    OtherSupport.objects.create(
        application=case.grantapplication, giver="Kulturnämnden", cost="lokalhyra", amount=24_000, period="2026"
    )
    OtherSupport.objects.create(application=case.grantapplication, giver="Studieförbundet", cost="Resor", amount=900)
    rows = page(client, case).split("<tr")
    assert "is-late" in next(row for row in rows if "Kulturnämnden" in row)
    assert "is-late" not in next(row for row in rows if "Studieförbundet" in row)


def of_the_same(case):
    """One more case of the case's association in its district."""
    round = case.grantapplication.round
    made = GrantApplication(kind="grant", district=case.district, association=case.association, round=round)
    return executor.create(subject=made, actor=system_actor("tests"))


def test_other_cases_are_linked_ones_first(client, case):
    linked = Case.objects.filter(district=case.district).exclude(pk=case.pk).exclude(number="")[0]
    known = len(client.get(f"/arenden/{case.key}/").context["related"])
    others = [linked, of_the_same(case)]
    CaseLink.objects.create(
        first=min(case, others[0], key=lambda row: row.pk),
        second=max(case, others[0], key=lambda row: row.pk),
        why="same_matter",
        by="user:x",
        at=clock.now(),
    )
    related = client.get(f"/arenden/{case.key}/").context["related"]
    assert str(related[0].number) == others[0].number
    assert len(related) == known + 2


def test_another_district_and_one_with_a_conflict_of_interest_find_nothing(client, case):
    assert volume.signed_in("handlaggare-soder").get(f"/arenden/{case.key}/").status_code == 404
    Recusal.objects.create(case=case, user=volume.account("handlaggare"), since=clock.now())
    answer = client.get(f"/arenden/{case.key}/")
    assert answer.status_code == 404
    assert case.association.name not in answer.content.decode()


def test_every_state_has_a_page_within_twelve_questions(client):
    volume.fill(300, seed=3)
    for state in Case.objects.order_by("state").values_list("state", flat=True).distinct():
        case = Case.objects.filter(state=state).first()
        client.get(f"/arenden/{case.key}/")
        with CaptureQueriesContext(connection) as asked:
            page(client, case)
        assert len(asked) <= 12, (state, len(asked), [one["sql"][:90] for one in asked])


def test_the_number_of_questions_does_not_grow_with_the_rows(client, case):
    def questions() -> int:
        client.get(f"/arenden/{case.key}/")
        with CaptureQueriesContext(connection) as asked:
            page(client, case)
        return len(asked)

    few = questions()
    for number in range(50):
        OtherSupport.objects.create(application=case.grantapplication, giver=f"Givare {number}", amount=1)
    for _number in range(10):
        of_the_same(case)
    assert questions() == few
