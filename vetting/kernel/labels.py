"""A word in Swedish and English beside each other, for tables that must be readable without a catalogue."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Label:
    """Shown in the reader's language; both forms stand in the table that defines it."""

    sv: str
    en: str

    def __post_init__(self) -> None:
        if not self.sv or not self.en:
            raise ValueError(f"both languages are owed: {self.sv!r} / {self.en!r}")

    def __str__(self) -> str:
        return self.en if (get_language() or "sv").startswith("en") else self.sv
