"""What the file has said so far: the same row again, the same number with other values, the same name again."""

from applications.associations.importing.rows import Checked
from vetting.kernel.sorting import swedish_key


class Seen:
    """Judges accepted rows in the order of the file. Holds two small numbers per association and nothing else."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._names: dict[int, int] = {}

    def judge(self, checked: Checked) -> Checked:
        """The record, with `duplicate_row`, `orgnr_conflict` or `same_name_other_orgnr` where it applies.

        The first of several stays; remarks are made on the later ones.
        """
        row = checked.row
        if row is None:
            return checked
        number, digest = int(row.orgnr), hash(row)
        if number in self._rows:
            return checked.with_finding("duplicate_row" if self._rows[number] == digest else "orgnr_conflict")
        self._rows[number] = digest
        owner = self._names.setdefault(hash(swedish_key(row.name)), number)
        return checked if owner == number else checked.with_finding("same_name_other_orgnr", "name")
