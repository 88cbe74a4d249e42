"""Reads of the register. Associations are shared between districts; what a district owns starts from `for_user`."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.associations.models import Association, DistrictAssociation
from vetting.kernel import orgnr
from vetting.kernel.cells import clean
from vetting.kernel.search import fold, folded_text
from vetting.kernel.sorting import swedish_key, swedish_order

COUNTED = 1000  # more than these are not counted
MOST_SIMILAR = 50
# Word similarity that counts as a typing error: the first level that finds anything is shown.
_CLOSE, _LOOSE = 0.6, 0.45
_CANDIDATES = 2000


class Match(StrEnum):
    """How the rows answer what was asked."""

    PART = "part"  # the words, or the digits, are in the name or the number
    SIMILAR = "similar"  # nothing has them; these names are spelled nearly so
    IDENTITY = "identity"  # a person's number was asked for: not searched, not shown


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by. Empty: not at all. `district_ids`: only what those districts know."""

    text: str = ""
    area: str = ""
    status: str = ""
    legal_form: str = ""
    district_ids: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` in Swedish order (similar ones by likeness), how many, and how they answer."""

    rows: QuerySet[Association] | Sequence[Association]
    number: int  # exact up to 1,000; 1,001 means more
    match: Match = Match.PART

    @property
    def is_capped(self) -> bool:
        return self.number > COUNTED


def find_associations(filters: Filters) -> Found:
    """Associations by name, number or part of either; a part is found wherever it stands, in any order of words.

    When nothing has the words, names spelled nearly so are looked for (at most 50). One or two signs are the
    beginning of a name. Served by indexes at any size of the register.
    """
    text = clean(filters.text)
    if orgnr.holds_identity_number(text) or orgnr.check(text).refusal is orgnr.Refusal.PERSON:
        return Found(Association.objects.none(), 0, Match.IDENTITY)
    narrowed = _narrowed(filters)
    rows = narrowed.filter(_part(text)) if text else narrowed
    some = list(rows.values_list("pk", flat=True)[: COUNTED + 1])
    if len(some) > COUNTED:
        return Found(rows.order_by("sort_name", "id"), len(some))
    if some or len(text) < 4:  # few enough to be sorted by themselves, instead of walked past in the order's index
        return Found(Association.objects.filter(pk__in=some).order_by(swedish_order("name"), "id"), len(some))
    similar = _similar(narrowed, fold(text))
    return Found(similar, len(similar), Match.SIMILAR if similar else Match.PART)


def areas() -> list[str]:
    """The areas the register knows, in Swedish order. Steps from one to the next in the index, not through all rows."""
    with connection.cursor() as cursor:
        cursor.execute(_AREAS)
        return sorted((area for (area,) in cursor.fetchall() if area), key=swedish_key)


_AREAS = """
WITH RECURSIVE step AS (
  (SELECT area FROM associations_association ORDER BY area LIMIT 1)
  UNION ALL
  SELECT (SELECT a.area FROM associations_association a WHERE a.area > step.area ORDER BY a.area LIMIT 1)
  FROM step WHERE step.area IS NOT NULL
)
SELECT area FROM step WHERE area IS NOT NULL
"""


def _narrowed(filters: Filters) -> QuerySet[Any]:
    rows: QuerySet[Any] = Association.objects.alias(folded_name=folded_text("name"), sort_name=swedish_order("name"))
    same = {"area": filters.area, "status": filters.status, "legal_form": filters.legal_form}
    rows = rows.filter(**{field: value for field, value in same.items() if value})
    if filters.district_ids is None:
        return rows
    own = DistrictAssociation.objects.filter(association=OuterRef("pk"), district_id__in=list(filters.district_ids))
    return rows.filter(Exists(own))


def _part(text: str) -> Q:
    in_name = Q()
    if len(text) < 3:
        in_name = Q(sort_name__startswith=swedish_key(text))
    else:
        for word in fold(text).split():
            in_name &= Q(folded_name__contains=word)
    digits = re.sub(r"[\s\u2010-\u2015\u2212-]", "", text)
    if not digits.isascii() or not digits.isdigit():
        return in_name
    if len(digits) == 12:
        digits = digits.removeprefix("16")
    return in_name | (Q(orgnr=digits) if len(digits) == 10 else Q(orgnr__contains=digits))


def _similar(rows: QuerySet[Any], words: str) -> list[Association]:
    for level in (_CLOSE, _LOOSE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(level)])
            near = rows.filter(folded_name__trigram_word_similar=words).order_by().values("pk")[:_CANDIDATES]
            best = rows.filter(pk__in=near).annotate(likeness=TrigramWordSimilarity(words, "folded_name"))
            found = list(best.order_by("-likeness", "sort_name", "pk")[:MOST_SIMILAR])
        if found:
            return found
    return []
