"""`check_invariants` over programmes: silent when sound, one sentence for what was forced past the guards."""

import psycopg
import pytest

from applications.grants.programmes.invariants import INVARIANTS
from tests.database import owner_url
from tests.factories import people, programmes

pytestmark = pytest.mark.race

FROZEN = ("ALTER TABLE grants_programmeversion DISABLE TRIGGER frozen",)
LOOSE = (
    *FROZEN,
    "ALTER TABLE grants_programmeversion DROP CONSTRAINT grants_programmeversion_human_publishes",
    "ALTER TABLE grants_programmeversion DROP CONSTRAINT grants_programmeversion_second_person",
    "ALTER TABLE grants_programmeversion DROP CONSTRAINT grants_programmeversion_one_in_force",
)


def found() -> list[str]:
    return [breach for look in INVARIANTS.values() for breach in look()]


@pytest.fixture
def version(real_db):
    version = programmes.published()
    programmes.call(version)
    return version


def forced(database: str, *statements: str) -> None:
    with psycopg.connect(owner_url(database), autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement)


def test_sound_data_is_silent(version):
    people.district("SÖD")
    programmes.bring_in(programmes.EXAMPLES / "sodermalm.toml")
    assert found() == []


def test_a_changed_published_version_is_found(version, real_db):
    forced(real_db, *FROZEN, "UPDATE grants_programmeversion SET content = jsonb_set(content, '{as_of}', '1999')")
    assert found() == [f"programme version {version.pk}: its content is not what was published"]


def test_publishing_by_a_writer_is_found(version, real_db):
    forced(real_db, *LOOSE, "UPDATE grants_programmeversion SET published_by = drafted_by")
    assert found() == [f"programme version {version.pk}: published by who wrote in it, or by no person"]


def test_two_in_force_and_a_round_under_a_draft_are_found(version, real_db):
    forced(
        real_db,
        *LOOSE,
        "INSERT INTO grants_programmeversion SELECT nextval('grants_programmeversion_id_seq'), code, 2, status,"
        " is_example, content, digest, valid_from, valid_to, drafted_by, published_by, published_at,"
        " gen_random_uuid(), edited_by, revision, source, created_at, programme_id FROM grants_programmeversion",
    )
    (breach,) = found()
    assert breach.startswith(f"programme versions {version.pk} and ")
    forced(real_db, "UPDATE grants_programmeversion SET status = 'draft' WHERE number = 1")
    (breach,) = found()
    assert breach.endswith("follows a draft, or another programme's rules")
