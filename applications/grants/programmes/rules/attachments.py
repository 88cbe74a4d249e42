"""Which papers an application must have, by the sum applied for, and which the register already holds. Pure.

Source: docs/domain.md §1.5. Statutes stay until they are changed; what an annual meeting or a year gives is asked for
anew; a budget, a plan or a declaration belongs to one application and is never taken from the register.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.associations.choices import CheckResult, DocumentKind
from applications.grants.programmes.terms.papers import Attachment
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel.workdays import months_after

LASTING = frozenset({DocumentKind.STATUTES, DocumentKind.REGISTRATION, DocumentKind.GIRO_PROOF, DocumentKind.LEASE})
YEARLY = frozenset(
    {
        DocumentKind.ANNUAL_MINUTES,
        DocumentKind.ACTIVITY_REPORT,
        DocumentKind.ANNUAL_ACCOUNTS,
        DocumentKind.AUDIT_REPORT,
        DocumentKind.SIGNATORY_DECISION,
        DocumentKind.MEMBER_COUNTS,
    }
)
YEARLY_MONTHS = 18  # last year's papers serve until this year's meeting has been held; a programme may state less


@dataclass(frozen=True, slots=True)
class Held:
    """A paper of the association that the district's register holds. `signed` None and `result` "": not looked at."""

    kind: str
    dated_on: date
    signed: bool | None = None
    result: str = ""

    @property
    def is_checked(self) -> bool:
        return bool(self.result)


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


def serves(held: Held, wanted: Required, on: date) -> bool:
    """Whether a paper in the register counts as handed in with an application that came in on `on`.

    Found incomplete, unsigned where a signature is asked for, too old by the programme or by its kind: it does not.
    """
    kind = wanted.attachment.kind
    if held.kind != kind or held.result not in {"", CheckResult.IN_ORDER}:
        return False
    if wanted.attachment.signed and held.signed is False:
        return False
    if wanted.oldest is not None:
        return kind in LASTING | YEARLY and held.dated_on >= wanted.oldest
    return kind in LASTING or (kind in YEARLY and held.dated_on >= months_after(on, -YEARLY_MONTHS))
