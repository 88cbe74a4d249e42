"""What free text is searched in: diary number, name and orgnr of each case, kept by the database itself."""

import re
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.db.models.functions import Collate

from applications.cases.models.case import Case
from vetting.kernel.search import fold

_NUMBER = re.compile(r"(\d{4})[-/](\d{1,3})")  # 2026/123 is written 2026/0123


class CaseSearchQuerySet(models.QuerySet["CaseSearch"]):
    def matching(self, text: str) -> Self:
        """The cases in which every word occurs somewhere: in any order, without case and marks on letters."""
        found = self
        for word in fold(text).split():
            number = _NUMBER.fullmatch(word)
            found = found.filter(text__contains=f"{number[1]}/{number[2]:0>4}" if number else word)
        return found


class CaseSearch(models.Model):
    """One row per case, written by triggers alone (migration): never stale, and never a reason to lock a case.

    Its own table, so that moving a case does not rewrite the trigram index.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="search_row")
    text = models.TextField()  # folded: number, name, orgnr with and without hyphen
    name_key = models.TextField()  # the name in Swedish order (kernel.sorting); private persons come last

    objects: ClassVar[CaseSearchQuerySet] = CaseSearchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar[list[Any]] = [
            # No pending list: rows are written seldom and searched often.
            GinIndex(OpClass(F("text"), name="gin_trgm_ops"), name="cases_casesearch_trgm", fastupdate=False),
            models.Index(Collate("name_key", "C"), "case", name="cases_casesearch_order"),
        ]

    def __str__(self) -> str:
        return self.text
