"""What forms take, what they answer, and that nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import translation

from vetting.kernel import forms


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("85000", "85000"),
        ("85 000", "85000"),
        ("85\u00a0000", "85000"),
        ("85\u202f000,50", "85000.50"),
        ("85000.5", "85000.5"),
        ("85 000 kr", "85000"),
        ("85 000:-", "85000"),
        ("0", "0"),
    ],
)
def test_sums_as_people_write_them(typed: str, sum_: str) -> None:
    assert forms.MoneyField().clean(typed) == Decimal(sum_)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tjugofyra tusen", "invalid"),
        ("24k", "invalid"),
        ("1e5", "invalid"),
        ("NaN", "invalid"),
        ("85.000", "max_decimal_places"),
        ("10,555", "max_decimal_places"),
        ("-5", "too_low"),
        ("200001", "too_high"),
        ("9" * 400, "too_high"),
    ],
)
def test_sums_that_cannot_be_read(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        forms.MoneyField(most=200000).clean(typed)
    assert code in {error.code for error in caught.value.error_list}


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-03",
        "20260303",
        "3/3 2026",
        "3.3.2026",
        "3 mars 2026",
        "den 3 mars 2026",
        "3 Mar 2026",
        " 2026-3-3 ",
        "3 march 2026",
    ],
)
def test_days_as_people_write_them(typed: str) -> None:
    assert forms.DateField().clean(typed) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-02-30", "no_such_day"),
        ("31/4 2026", "no_such_day"),
        ("imorgon", "invalid"),
        ("26-03-03", "invalid"),
        ("0226-03-03", "strange_year"),
        ("2025-12-31", "outside"),
        ("2027-01-01", "outside"),
    ],
)
def test_days_that_cannot_be(typed: str, code: str) -> None:
    field = forms.DateField(first=date(2026, 1, 1), last=lambda: date(2026, 12, 31))
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    assert [error.code for error in caught.value.error_list] == [code]


def test_the_range_is_told() -> None:
    with translation.override("sv"), pytest.raises(ValidationError) as caught:
        forms.DateField(first=date(2026, 1, 1), last=date(2026, 12, 31)).clean("2027-01-01")
    assert caught.value.messages == ["Dagen måste ligga mellan 1\u00a0januari 2026 och 31\u00a0december 2026."]


def test_line_breaks_count_once() -> None:
    assert forms.TextField(max_length=5).clean("ab\r\ncd") == "ab\ncd"


class Example(forms.VersionedForm):
    name = django_forms.CharField(label="Föreningens namn", max_length=5)
    amount = forms.MoneyField(label="Sökt belopp")
    how = django_forms.ChoiceField(
        label="Hur?", choices=[("a", "Post"), ("b", "E-post")], widget=django_forms.RadioSelect
    )


def test_problems_stand_in_the_order_of_the_fields_and_name_them() -> None:
    with translation.override("sv"):
        form = Example({"name": "", "amount": "mycket", "version": "1"})
        assert form.problems == [
            ("id_name", "Fyll i ”Föreningens namn”."),
            ("id_amount", "Skriv beloppet med siffror, till exempel 24 000."),
            ("id_how_0", "Välj ett svar vid ”Hur?”."),
        ]
        long = Example({"name": "alltför långt", "amount": "1", "how": "a", "version": "1"})
        assert [message for _place, message in long.problems] == [
            "”Föreningens namn” får ha högst 5 tecken och har 13. Korta texten."
        ]


def test_what_was_typed_stays() -> None:
    form = Example({"name": "Årsta", "amount": "mycket", "version": "1"})
    assert 'value="mycket"' in str(form["amount"])
    assert 'value="Årsta"' in str(form["name"])


def test_a_stored_sum_is_shown_as_people_write_it() -> None:
    assert 'value="85\u202f000"' in str(Example(initial={"amount": Decimal("85000.00")})["amount"])


def test_each_opened_form_has_a_key_of_its_own_and_keeps_it() -> None:
    first, second = Example(), Example()
    assert first["idempotency_key"].value() != second["idempotency_key"].value()
    again = Example({"idempotency_key": str(first["idempotency_key"].value()), "version": "1"})
    assert str(first["idempotency_key"].value()) in str(again["idempotency_key"])


class Line(forms.SearchForm):
    cost = django_forms.CharField(label="Kostnad")
    amount = forms.MoneyField(label="Belopp")


def test_problems_of_a_set_of_forms_say_which_row() -> None:
    lines = django_forms.formset_factory(Line, extra=2)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-cost": "Hyra",
            "form-0-amount": "1",
            "form-1-cost": "Fika",
            "form-1-amount": "x",
        }
    )
    with translation.override("sv"):
        assert list(forms.each_problem(lines)) == [
            ("id_form-1-amount", "Belopp, rad 2: Skriv beloppet med siffror, till exempel 24 000.")
        ]
