"""What must never happen in the register is refused by the database too, also to raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from applications.associations.invariants import INVARIANTS
from applications.associations.models import Association, DistrictAssociation, GiroAccount, RegisterChange
from tests.factories.people import association, district, user
from tests.factories.register import well_known_association
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


def refused(sql: str, *params: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def giro(**fields: object) -> GiroAccount:
    defaults = {"association": association(), "kind": "bankgiro", "digits": "13966346", "registered_by": user()}
    return GiroAccount.objects.create(**(defaults | fields))


@pytest.mark.parametrize("number", ["8501011236", "85912345", "85912345678", "8591x34567", ""])
def test_no_other_than_an_organisation_number_is_stored(number: str) -> None:
    refused(
        "INSERT INTO associations_association (key, orgnr, name, legal_form, status, seat, area, confirmed_against,"
        " version, created_at, updated_at) VALUES (gen_random_uuid(), %s, 'A', '', '', '', '', '', 1, %s, %s)",
        number,
        clock.now(),
        clock.now(),
    )


def test_one_association_per_number() -> None:
    known = association()
    with pytest.raises(DatabaseError), transaction.atomic():
        Association.objects.create(orgnr=known.orgnr, name="En annan")


def test_nothing_is_deleted() -> None:
    known = association()
    DistrictAssociation.objects.create(association=known, district=district())
    giro(association=known)
    for table in ("association", "districtassociation", "giroaccount"):
        refused(f"DELETE FROM associations_{table}")


def test_history_is_only_added() -> None:
    RegisterChange.objects.create(association=association(), field="name", before="A", after="B", by="system:test")
    refused("UPDATE associations_registerchange SET after = 'C'")
    refused("DELETE FROM associations_registerchange")


@pytest.mark.parametrize("part", ["women", "members_in_area"])
def test_a_part_is_not_larger_than_the_whole(part: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        DistrictAssociation.objects.create(association=association(), district=district(), members=4, **{part: 5})


def test_a_giro_begins_unconfirmed() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        giro(confirmed_by=user(), confirmed_at=clock.now(), confirmed_district=district())


def test_a_giro_number_is_never_changed() -> None:
    giro()
    refused("UPDATE associations_giroaccount SET digits = '6841761'")
    refused("UPDATE associations_giroaccount SET kind = 'plusgiro'")
    refused("UPDATE associations_giroaccount SET registered_by_id = NULL")


def test_who_registered_a_giro_cannot_confirm_it() -> None:
    account = giro()
    refused(
        "UPDATE associations_giroaccount SET confirmed_by_id = registered_by_id, confirmed_at = %s,"
        " confirmed_district_id = %s",
        clock.now(),
        district().pk,
    )
    account.confirmed_by, account.confirmed_at, account.confirmed_district = user(), clock.now(), district()
    account.save()
    refused(
        "UPDATE associations_giroaccount SET confirmed_by_id = NULL, confirmed_at = NULL, confirmed_district_id = NULL"
    )
    refused("UPDATE associations_giroaccount SET confirmed_at = confirmed_at + interval '1 day'")


def test_one_account_of_a_kind_waits_and_one_is_in_use() -> None:
    account = giro()
    with pytest.raises(DatabaseError), transaction.atomic():
        giro(association=account.association, digits="6841761")
    account.confirmed_by, account.confirmed_at, account.confirmed_district = user(), clock.now(), district()
    account.save()
    second = giro(association=account.association, digits="6841761")
    with pytest.raises(DatabaseError), transaction.atomic():
        second.confirmed_by, second.confirmed_at, second.confirmed_district = user(), clock.now(), district()
        second.save()


def test_an_ended_giro_stays_ended() -> None:
    account = giro()
    GiroAccount.objects.update(ended_at=clock.now())
    refused("UPDATE associations_giroaccount SET ended_at = NULL")
    account.confirmed_by, account.confirmed_at, account.confirmed_district = user(), clock.now(), district()
    with pytest.raises(DatabaseError), transaction.atomic():
        account.save(update_fields=["confirmed_by", "confirmed_at", "confirmed_district"])


def test_the_invariants_hold_and_find_what_the_constraints_cannot() -> None:
    well_known_association()
    assert [breach for look in INVARIANTS.values() for breach in look()] == []
    known = association()
    wrong = known.orgnr[:-1] + str((int(known.orgnr[-1]) + 1) % 10)  # the check digit is judged in Python only
    other = Association.objects.create(orgnr=wrong, name="Fel Nummer")
    assert list(INVARIANTS["associations.numbers"]()) == [f"association {other.pk}: its organisation number is not one"]
