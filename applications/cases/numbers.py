"""Diary numbers: gapless per district and year, e.g. KUN 2026/0123 (docs/domain.md §4.3, OSL 5:1)."""

from dataclasses import dataclass

from django.db import connection

from vetting.accounts.models import District
from vetting.kernel import clock

TAKE = """
INSERT INTO cases_diarycounter (district_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT ON CONSTRAINT cases_diarycounter_once DO UPDATE SET last = cases_diarycounter.last + 1
RETURNING last
"""


@dataclass(frozen=True, slots=True)
class DiaryNumber:
    text: str
    year: int
    seq: int


def take_number(district: District) -> DiaryNumber:
    """The district's next number of the year (Europe/Stockholm). The counter row stays locked until the caller's
    transaction ends: take it last. A rollback gives the number back, so there are no gaps."""
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [district.pk, year])
        seq = int(cursor.fetchone()[0])
    return DiaryNumber(f"{district.code} {year}/{seq:04d}", year, seq)
