"""Which papers an application must have, by the sum applied for (docs/domain.md §1.5). Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.grants.programmes.terms.papers import Attachment
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel.workdays import months_after


@dataclass(frozen=True, slots=True)
class Required:
    """A paper that must be there. `oldest`: it may not be dated before this day. `base_year`: the year of the price
    base amount used where that is not the asked year's own (a newer one is not known yet)."""

    attachment: Attachment
    oldest: date | None = None
    base_year: int | None = None

    @property
    def name(self) -> str:
        return str(self.attachment.name or self.attachment.kind.label)


def price_base(terms: ProgrammeTerms, year: int) -> tuple[int, Decimal] | None:
    """The year and sum of the price base amount in force, or of the newest known before `year` (else the oldest)."""
    known = {one.year: one.kr for one in terms.price_base_amounts}
    if not known:
        return None
    chosen = max((one for one in known if one <= year), default=min(known))
    return chosen, known[chosen]


def required_attachments(terms: ProgrammeTerms, amount: Decimal, on: date) -> list[Required]:
    """The papers an application for `amount` (SEK) that came in on `on` must have, in the programme's order."""
    found = []
    for attachment in terms.attachments:
        base = price_base(terms, on.year) if attachment.from_price_base_amounts is not None else None
        if not _is_required(attachment, amount, base[1] if base else None):
            continue
        age = attachment.max_age_months
        oldest = months_after(on, -age) if age is not None else None
        found.append(Required(attachment, oldest, base[0] if base and base[0] != on.year else None))
    return found


def _is_required(attachment: Attachment, amount: Decimal, base: Decimal | None) -> bool:
    if attachment.above_kr is not None:
        return amount > attachment.above_kr
    if attachment.from_kr is not None:
        return amount >= attachment.from_kr
    if attachment.from_price_base_amounts is not None:
        # A programme cannot state the limit without a base amount (terms.check): unknown asks for the paper.
        return base is None or amount >= attachment.from_price_base_amounts * base
    return True
