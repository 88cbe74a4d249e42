"""Pages of the payments: the tab, the check pages with what speaks against, the list with its views."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.grants.models import GrantSums, Payment, PaymentCondition, Repayment
from tests.factories import decisions as given
from tests.factories import grants, payments, people
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def sign_in(client):
    def do(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return do


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad]", "", response.content.decode()))


def post(client, name, key, **said):
    page = client.get(reverse(name, args=[key]))
    assert page.status_code == 200, page.status_code
    found = dict(re.findall(r'type="hidden" name="(version|idempotency_key)" value="([^"]*)"', page.content.decode()))
    return client.post(reverse(name, args=[key]), found | said)


def test_two_people_pay_a_grant_through_the_pages(sign_in):
    case = grants.walked("granted_with_payment_planned")
    case.declare(case.staff.payer, case.staff.second_payer)
    client, row = sign_in(case.staff.payer), case.payment
    tab = text(client.get(reverse("show-payments", args=[case.case.key])))
    assert "Utbetalning 1: 45 000" in tab and "Attestera" in tab

    answer = post(client, "certify-payment", row.key)
    assert answer.status_code == 409
    assert "Svara på om utbetalningen kan rättas" in text(answer) and "<title>Fel:" in text(answer)
    assert text(answer).count("Svara på om utbetalningen kan rättas") == 2  # the summary and the field
    answer = post(client, "certify-payment", row.key, can_be_put_right="no", early_reason="Bör vänta.")
    assert "väntar utbetalningen på laga kraft" in text(answer) and "Bör vänta." in text(answer)
    answer = post(client, "certify-payment", row.key, can_be_put_right="yes", early_reason="God ekonomi.")
    assert answer.headers["Location"] == reverse("show-payments", args=[case.case.key])

    own = client.get(reverse("release-payment", args=[row.key]))
    assert "En annan person betalar ut" in text(own) and 'aria-disabled="true"' in text(own)
    client = sign_in(case.staff.second_payer)
    check = text(client.get(reverse("release-payment", args=[row.key])))
    assert "God ekonomi." in check and case.association.name in check and row.case.association.orgnr_shown in check
    post(client, "release-payment", row.key)
    answer = post(client, "confirm-payment", row.key, paid_on="2020-01-01", reference="LB-9")
    assert answer.status_code == 409 and 'value="LB-9"' in text(answer)
    post(client, "confirm-payment", row.key, paid_on=clock.today().isoformat(), reference="LB-9")
    assert (case.payment.state, case.payment.reference) == ("paid", "LB-9")
    assert GrantSums.objects.get(case=case.pk).paid == case.amount

    tab = text(client.get(reverse("show-payments", args=[case.case.key])))
    assert "LB-9" in tab and "Registrera en återbetalning" in tab
    said = {"amount": "1 000,50", "giro_kind": "bankgiro", "reference": "INB-1", "received_on": str(clock.today())}
    wrong = post(client, "register-repayment", case.case.key, giro="5050-1056", **said)
    assert wrong.status_code == 422 and "5050-1056" in text(wrong)
    post(client, "register-repayment", case.case.key, giro="5050-1055", **said)
    assert GrantSums.objects.get(case=case.pk).repaid == Decimal("1000.50")
    post(client, "undo-repayment", Repayment.objects.get().key)
    assert GrantSums.objects.get(case=case.pk).repaid == 0
    assert client.get(reverse("show-case", args=[case.case.key])).status_code == 200


def test_a_step_somebody_else_took_meanwhile_is_told(sign_in):
    case = grants.walked("granted_with_payment_certified")
    client, row = sign_in(payments.payer(case)), case.payment
    url = reverse("release-payment", args=[row.key])
    page = client.get(url).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(version|idempotency_key)" value="([^"]*)"', page))
    case.move("hold", case.staff.payer, comment="Frågan om girot är öppen.")
    answer = client.post(url, hidden)
    assert answer.status_code == 409
    assert "Innehållen" in text(answer)
    assert case.payment.state == "held"


def test_a_condition_is_met_on_a_document(sign_in):
    case = grants.walked("granted_with_payment_waiting")
    payer = payments.payer(case)
    tab = text(sign_in(payer).get(reverse("show-payments", args=[case.case.key])))
    assert "Ett villkor är inte uppfyllt än: reviderad budget" in tab
    condition = PaymentCondition.objects.get(payment__case_id=case.pk)
    client = sign_in(case.staff.officer)
    answer = post(client, "meet-payment-condition", condition.key, met_on=str(clock.today()))
    assert answer.status_code == 422
    document = case.case.documents.order_by("-id")[0]
    post(client, "meet-payment-condition", condition.key, met_on=str(clock.today()), document=document.pk)
    condition.refresh_from_db()
    assert condition.met_on == clock.today()


def test_every_step_has_its_page(sign_in):
    case = grants.walked("granted_with_payment_released")
    client = sign_in(case.staff.payer)
    assert post(client, "fail-payment", case.payment.key).status_code == 422  # without a reason
    post(client, "fail-payment", case.payment.key, comment="Kontot är avslutat.")
    post(client, "plan-payment-again", case.payment.key)
    assert case.payment.state == "planned"
    post(client, "hold-payment", case.payment.key, comment="Styrelsen ombildas.")
    post(client, "resume-payment", case.payment.key)
    refused = post(client, "cancel-payment", case.payment.key, comment="Pengarna behövs.")
    assert refused.status_code == 409 and "pengarna är föreningens" in text(refused)
    document = case.case.documents.order_by("-id")[0]
    post(client, "cancel-payment", case.payment.key, comment="Föreningen avstår.", document=document.pk)
    assert case.payment.state == "cancelled"
    gone = client.get(reverse("hold-payment", args=[case.payment.key]))
    assert gone.status_code == 409


def test_the_list_has_views_sums_and_filters(sign_in):
    case = payments.in_parts(payments.HALVES)
    client, url = sign_in(case.staff.payer), reverse("list-payments")
    page = text(client.get(url))
    assert "2 utbetalningar, tillsammans 45 000 kr" in page
    assert case.association.name in page
    assert "Här finns inget just nu" in text(client.get(url + "?vy=misslyckade"))
    assert "Ingen utbetalning passar filtret" in text(client.get(url + "?q=finnsinte"))
    assert case.association.name in text(client.get(url, {"q": case.case.number}))
    assert case.association.name in text(client.get(url, {"q": case.association.orgnr[:6]}))
    wrong = client.get(url + "?vy=allting")
    assert wrong.status_code == 400 and case.association.name not in text(wrong)
    assert "kortare än när du öppnade den" in text(client.get(url + "?sida=7"))
    assert sign_in(payments.payer(case, role=Role.REGISTRAR)).get(url).status_code == 403


def questions(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_pages_ask_the_same_number_of_questions_however_many_payments(sign_in):
    one = payments.in_parts([{"percent": 100, "when": "on_decision"}])
    client = sign_in(payments.payer(one))
    tab, listed = reverse("show-payments", args=[one.case.key]), reverse("list-payments")
    before = questions(client, tab), questions(client, listed)
    many = payments.in_parts([{"percent": 2, "when": "on_decision"}] * 50, code="femtio")
    tab = reverse("show-payments", args=[many.case.key])
    assert Payment.objects.count() == 51
    assert (questions(client, tab), questions(client, listed)) == before
    assert before[0] <= 15 and before[1] <= 8, before


def test_whoever_pays_meets_it_on_the_start_page(sign_in):
    case = payments.in_parts(payments.HALVES)
    case.certify()
    page = text(sign_in(case.staff.second_payer).get(reverse("show-today")))
    assert re.search(r"Att attestera</a>: 1, 22 500 kr.*Att betala ut</a>: 1, 22 500 kr", page)
    assert "Att attestera" not in text(sign_in(case.staff.officer).get(reverse("show-today")))


def test_a_cancelled_payment_is_not_left_to_pay(sign_in):
    case = payments.in_parts(payments.HALVES)
    case.cancel()
    page = text(sign_in(case.staff.payer).get(reverse("show-payments", args=[case.case.key])))
    assert re.search(r"Kvar att betala</dt><dd>22 500 kr", page)
    assert "0 av 45 000 kr betalt" in page


def test_a_case_of_another_kind_has_no_payments(sign_in):
    case = given.case_to_decide(people.actor(Role.GRANT_OFFICER))
    client = sign_in(people.actor(Role.PAYER))
    for name in ("show-payments", "register-repayment"):
        assert client.get(reverse(name, args=[case.key])).status_code == 404
