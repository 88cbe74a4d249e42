"""What rows of the file would change in what is known. Pure. A value the file does not state changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from applications.associations.importing.findings import Finding
from applications.associations.importing.rows import Row
from vetting.kernel.giro import GiroKind

SHARED = ("name", "legal_form", "registered_date", "seat", "area", "status", "status_date")
OWN = ("members", "members_in_area", "women", "website")
NOTHING_OWN: Mapping[str, Any] = {"members": None, "members_in_area": None, "women": None, "website": ""}
_PARTS = {"women": "more_women_than_members", "members_in_area": "more_in_area_than_members"}


@dataclass(slots=True)
class KnownGiro:
    """The accounts of one kind that have not ended."""

    in_use: str | None = None
    waiting: str | None = None
    waiting_id: int | None = None


@dataclass(slots=True)
class Known:
    """What the register holds of one association; `own` is None where the district does not know it yet."""

    id: int
    shared: Mapping[str, Any]
    own: Mapping[str, Any] | None = None
    giro: dict[str, KnownGiro] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    association_id: int
    field: str
    before: Any
    after: Any
    is_own: bool


@dataclass(slots=True)
class Plan:
    """Everything to be written for a chunk, gathered so that each table is written once.

    `for_district` False: only what districts share is planned.
    """

    for_district: bool
    shared: dict[int, dict[str, Any]] = field(default_factory=dict)
    own: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_own: dict[int, dict[str, Any]] = field(default_factory=dict)
    giro_replaced: list[int] = field(default_factory=list)
    new_giro: list[tuple[int, GiroKind, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def add(self, row: Row, known: Known) -> tuple[bool, list[Finding]]:
        """Plan what the row changes. Returns whether it changes anything, and what the merge left out."""
        changed = self._add_shared(row, known)
        changed |= self._add_giro(row, known)
        if not self.for_district:
            return changed, []
        own_changed, findings = self._add_own(row, known)
        return changed | own_changed, findings

    def _add_shared(self, row: Row, known: Known) -> bool:
        stated = _stated(row, SHARED)
        if row.status is not None:  # the date of a status goes with the status
            stated["status_date"] = row.status_date
        changes = _changes(known.id, stated, known.shared, is_own=False)
        if changes:
            self.shared[known.id] = {**known.shared, **stated}
            self.changes += changes
        return bool(changes)

    def _add_own(self, row: Row, known: Known) -> tuple[bool, list[Finding]]:
        before = known.own or NOTHING_OWN
        stated, findings = _consistent(_stated(row, OWN), before)
        values = {**before, **stated}
        if known.own is None:
            self.new_own[known.id] = values
            return True, findings
        changes = _changes(known.id, stated, before, is_own=True)
        if changes:
            self.own[known.id] = values
            self.changes += changes
        return bool(changes), findings

    def _add_giro(self, row: Row, known: Known) -> bool:
        changed = False
        for kind, digits in ((GiroKind.BANKGIRO, row.bankgiro), (GiroKind.PLUSGIRO, row.plusgiro)):
            account = known.giro.get(kind, KnownGiro())
            if not digits or digits in (account.in_use, account.waiting):
                continue
            if account.waiting_id is not None:
                self.giro_replaced.append(account.waiting_id)
            self.new_giro.append((known.id, kind, digits))
            changed = True
        return changed


def _stated(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(row, name)) is not None}


def _changes(owner: int, stated: Mapping[str, Any], before: Mapping[str, Any], *, is_own: bool) -> list[Change]:
    return [Change(owner, name, before[name], value, is_own) for name, value in stated.items() if before[name] != value]


def _consistent(stated: dict[str, Any], before: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """What is stated, without the counts that would make a part larger than the whole once merged with what is known.

    The file may state women only while the members are known from before, or the other way round.
    """
    kept, findings = dict(stated), []
    for part, code in _PARTS.items():
        merged = {**before, **kept}
        if None in (merged["members"], merged[part]) or merged[part] <= merged["members"]:
            continue
        findings.append(Finding(code, part))
        kept.pop(part if part in kept else "members", None)
    return kept, findings
