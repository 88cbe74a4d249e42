"""Two people, or a person and an import, at the same moment."""

from pathlib import Path

import pytest
from django.db import transaction

from applications.associations.importing.findings import Outcome
from applications.associations.models import Association, GiroAccount
from applications.associations.services.change_giro import confirm_giro, register_giro
from applications.associations.services.import_register import import_register
from applications.associations.services.register_association import register_association, update_association
from tests.factories import people
from tests.factories.register import SHARED
from tests.threads import at_once
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role
from vetting.kernel.errors import DomainError, NotNow, Stale
from vetting.kernel.giro import GiroKind

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("real_db")]
THREADS = 8


def test_one_number_is_registered_once() -> None:
    officer, home = people.actor(Role.GRANT_OFFICER), people.district()
    number = people.orgnr(960_001)

    def do(index: int) -> object:
        return register_association(actor=officer, district=home, number=number, values=SHARED)

    results = at_once(THREADS, do)
    assert sum(isinstance(result, Association) for result in results) == 1
    assert all(isinstance(result, (Association, DomainError)) for result in results), results
    assert Association.objects.count() == 1


def test_of_eight_who_save_one_version_one_wins() -> None:
    officer = people.actor(Role.GRANT_OFFICER)
    association = people.association()

    def do(index: int) -> object:
        values = {"seat": f"Ort {index}"}
        return update_association(actor=officer, association=association, expected_version=1, values=values)

    results = at_once(THREADS, do)
    assert sum(isinstance(result, Association) for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == THREADS - 1


def test_of_eight_giro_numbers_one_waits_and_is_confirmed_once() -> None:
    officer, home = people.actor(Role.GRANT_OFFICER), people.district()
    association = people.association()
    numbers = ["13966346", "6841761", "75036921", "41365768", "6663793", "87714994", "54892351", "50625607"]

    def register(index: int) -> object:
        return register_giro(
            actor=officer, association=association, district=home, kind=GiroKind.BANKGIRO, number=numbers[index]
        )

    assert all(isinstance(result, GiroAccount) for result in at_once(THREADS, register))
    waiting = GiroAccount.objects.get(ended_at__isnull=True)
    payers = [people.actor(Role.PAYER) for _ in range(THREADS)]

    def confirm(index: int) -> object:
        return confirm_giro(actor=payers[index], account=waiting, district=home)

    results = at_once(THREADS, confirm)
    assert sum(isinstance(result, GiroAccount) for result in results) == 1
    assert sum(isinstance(result, NotNow) for result in results) == THREADS - 1


def test_imports_run_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(f"Namn;Orgnr\nSolen;{people.orgnr(960_002)}\n", encoding="utf-8")

    def do(index: int) -> object:
        return import_register(actor=system_actor("test"), path=path)

    results = at_once(4, do)
    assert all(isinstance(result, NotNow) or result.run for result in results), results
    assert Association.objects.count() == 1


def test_a_number_registered_while_its_import_runs_is_not_doubled(tmp_path: Path) -> None:
    """The officer has not committed when the import comes to the number: it waits, then finds it known."""
    officer, home = people.actor(Role.GRANT_OFFICER), people.district()
    number = people.orgnr(960_003)
    path = tmp_path / "register.csv"
    path.write_text(f"Namn;Orgnr;Säte\n{SHARED['name']};{number};Nacka\n", encoding="utf-8")

    def do(index: int) -> object:
        if index == 0:
            with transaction.atomic():
                return register_association(actor=officer, district=home, number=number, values=SHARED)
        return import_register(actor=system_actor("test"), path=path, district=home)

    results = at_once(2, do)
    assert Association.objects.count() == 1
    summary = results[1]
    if isinstance(results[0], Association):
        assert summary.outcomes[Outcome.UPDATED] == 1
        assert Association.objects.get().seat == "Nacka"
    else:
        assert isinstance(results[0], DomainError)
