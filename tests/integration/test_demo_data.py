"""The demo's data: whole, labelled, the same after a second run, and without a breach."""

import io

import pytest
from django.contrib.auth import base_user
from django.core.management import CommandError, call_command

from applications.associations.models import Association
from applications.cases.models import Case, StateChange
from applications.examples import base
from applications.examples.demo import venues
from applications.examples.demo.cases import KUNGSHOLMEN, SODERMALM
from applications.examples.demo.load import load_demo
from applications.grants.models import Payment
from applications.grants.payments.workflow import PAYMENT
from applications.rentals.models import Booking
from applications.rentals.workflow import BOOKING, RENTAL
from vetting.accounts.models import User
from vetting.audit.models import Event
from vetting.kernel import clock, orgnr
from vetting.kernel.workflow import invariants

PASSWORD = "ett-gott-losenord"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_is_loaded_once_and_breaks_nothing(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    plans = (*KUNGSHOLMEN, *SODERMALM, *venues.KUNGSHOLMEN)
    assert load_demo(password=PASSWORD).cases == len(plans)
    again = load_demo(password=PASSWORD)
    assert (again.cases, again.associations) == (0, 0)
    cases = Case.objects.all()
    assert {row.state for row in Payment.objects.all()} == {state.code for state in PAYMENT.states}
    grants = {case.state for case in cases if case.kind == "grant"}
    assert grants == {plan.state.split("_by_")[0].split("_with_")[0] for plan in (*KUNGSHOLMEN, *SODERMALM)}
    assert {case.state for case in cases if case.kind == "rental"} == {state.code for state in RENTAL.states}
    assert set(Booking.objects.values_list("state", flat=True)) == {state.code for state in BOOKING.states}
    assert all(User.objects.get(username=name).check_password(PASSWORD) for name in ("handlaggare", "revisor"))
    assert [breach for _, check in invariants.items() for breach in check()] == []

    # A history, in its order: no step lies ahead, numbers follow the days of arrival, and something is late.
    assert StateChange.objects.filter(at__gt=clock.now()).count() == 0
    for code in ("KUN", "SÖD"):
        moments = list(
            Event.objects.filter(case__isnull=False, district=code).order_by("id").values_list("at", flat=True)
        )
        assert [moment.date() for moment in moments] == sorted(moment.date() for moment in moments)
    numbered = cases.filter(district__code="KUN").exclude(number="").order_by("number_seq")
    assert list(numbered.values_list("number_seq", flat=True)) == list(range(1, numbered.count() + 1))
    received = StateChange.objects.filter(action="submit", case__district__code="KUN").order_by("at", "id")
    numbers = list(received.values_list("case__number_seq", flat=True))
    assert numbers == sorted(numbers)
    assert cases.filter(is_open=True, due_on__lt=clock.today()).exists()

    # Invented throughout.
    assert all(orgnr.check(one.orgnr).number.startswith("857") for one in Association.objects.all())


@pytest.mark.django_db
def test_it_is_refused_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="belongs to the demo"):
        call_command("demo_data", stdout=io.StringIO())
    assert not User.objects.exists()


@pytest.mark.django_db
def test_one_password_is_hashed_once(monkeypatch):
    hashed = []
    make = base_user.make_password
    monkeypatch.setattr(base_user, "make_password", lambda *given: hashed.append(given) or make(*given))
    base.ensure_accounts(base.ensure_districts(), PASSWORD)
    assert len([given for given in hashed if given[0] == PASSWORD]) == 1
    assert User.objects.count() == len(base.ACCOUNTS) == Event.objects.filter(verb="user.created").count()
    again = User.objects.get(username="revisor").password
    base.ensure_accounts(base.ensure_districts(), "ett-annat-losenord")
    assert User.objects.get(username="revisor").password == again and len(hashed) == 1
