"""The case page's table of demands: each with its fact, and the review's question with how it stands."""

from decimal import Decimal

import pytest

from applications.grants.review_cycle import reviews_of
from tests.factories import grants, programmes
from vetting.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def shown(client, walk):
    client.force_login(User.objects.get(pk=walk.staff.officer.user_id))
    part = client.get(f"/arenden/{walk.case.key}/").context["part"]
    return {row.demand.code: (row.state, row.demand.said.fact.replace("\u00a0", " "), row) for row in part.demands}


@pytest.fixture
def walk():
    staff = grants.office()
    call = programmes.call(
        programmes.published(
            at=staff.district,
            amounts={"cap_kr": 20_000},
            purposes={"supported": [{"sv": "Fritid", "en": "Leisure"}], "other_municipal_grant": "must_be_stated"},
            attachments=[{"code": "budget", "kind": "budget"}],
        )
    )
    return grants.grant(staff, call=call, amount=Decimal(45_000))


def test_before_the_review_each_demand_says_what_is_known(client, walk):
    walk.walk("registered")
    rows = shown(client, walk)
    assert rows["window"][0] == "Uppfyllt"
    assert rows["amounts.cap_kr"][0] == "Inte uppfyllt" and "45\u202f000 kr" in rows["amounts.cap_kr"][1]
    assert rows["attachments"][:2] == ("Inte uppfyllt", "1 handling saknas.")
    assert rows["applicants.own_giro"][:2] == ("Uppgift saknas", "Inget konto finns i registret.")
    assert rows["purposes.supported"][0] == "Prövas i granskningen"
    assert not rows["purposes.supported"][2].question_url


def test_in_the_review_a_demand_leads_to_its_question(client, walk):
    walk.walk("formal_check")
    state, _fact, row = shown(client, walk)["purposes.supported"]
    assert (state, row.question_state) == ("Att bedöma", "ska besvaras")
    assert row.question_url == f"/granskning/case/{walk.case.key}/#A21"
    walk.answer_all()
    state, _fact, row = shown(client, walk)["purposes.supported"]
    assert (state, row.question_state) == ("Besvarad", "besvarad")


def test_a_sum_over_the_ceiling_is_suggested_to_the_question_on_the_budget(walk):
    walk.walk("formal_check")
    prefill = reviews_of(walk.case)[1].prefills.get(question="A22")
    assert (prefill.value, prefill.circumstances, prefill.source) == ("oklart", ["over_cap"], "application")
