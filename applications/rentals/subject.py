"""A rental case as a decision sees it: what the decisions room asks of a kind it does not import."""

from collections.abc import Mapping
from typing import Any

from applications.cases.models import StateChange
from applications.decisions.choices import Outcome
from applications.decisions.models import Decision
from applications.decisions.subjects import Citation, Comparable, Described, Reviewed, Subject
from applications.rentals.dates import terms_of, wishes_of
from applications.rentals.review_cycle import reviews_of, verdicts_of
from applications.rentals.slots.slot import told
from applications.rentals.tenants import tenant_of
from vetting.accounts.models import User

MOST = 10
OBJECTIVE = Citation(
    id="rf-1-9",
    ground="grundlag",
    section="regeringsformen 1 kap. 9 §",
    sv="Alla ska behandlas lika och sakligt.",
    en="All are treated equally and objectively.",
)


def describe(case: Any) -> Described:
    """The request, the venue's terms and what its reviews say. Computed once per loaded case."""
    known: Described | None = vars(case).get("_described")
    if known is None:
        known = vars(case)["_described"] = _describe(case)
    return known


def _describe(case: Any) -> Described:
    verdicts, tenant = verdicts_of(case), tenant_of(case)
    return Described(
        name=tenant.name,
        subject_sv=_matter(case, "lokal", "och fler dagar", "sv"),
        subject_en=_matter(case, "venue", "and more dates", "en"),
        address=tenant.contact,
        rules_version=f"{case.venue.name} v{case.terms.number}",
        citations=(*_citations(case), OBJECTIVE),
        adverse=frozenset(code for one in verdicts for code in one.adverse),
        blocks=frozenset(block.question for one in verdicts for block in one.blocks),
        took_part=_readers(case),
    )


def _matter(case: Any, word: str, more: str, language: str) -> str:
    """`lokal: Stora salen, Fridhemmet, torsdag 12 mars kl. 18.00–21.30`."""
    wishes = wishes_of(case)
    if not wishes:
        return f"{word}: {case.venue.name}"
    said = f"{word}: {wishes[0].room.name}, {case.venue.name}, {told(wishes[0].begins, wishes[0].ends, language)}"
    return f"{said} {more}" if len(wishes) > 1 else said


def _citations(case: Any) -> tuple[Citation, ...]:
    number = case.terms.number
    return tuple(
        Citation(
            id=f"point-{one.point}",
            ground="avtal",
            section=f"villkor för {case.venue.name}, version {number}, punkt {one.point}",
            version=f"v{number}",
            sv=f"{one.title.sv}: {one.text.sv}",
            en=f"{one.title.en}: {one.text.en}",
        )
        for one in terms_of(case).points
    )


def _readers(case: Any) -> tuple[tuple[str, str], ...]:
    """Who confirmed as second reader (FL 31 § as template)."""
    rows = StateChange.objects.filter(
        case_id=case.pk, action__in=["confirm_review", "read_revocation"], actor__startswith="user:"
    )
    found = list(dict.fromkeys(rows.order_by("id").values_list("actor", flat=True)))
    keys = [one.removeprefix("user:") for one in found]
    names: Mapping[str, str] = {str(user.key): user.name for user in User.objects.filter(key__in=keys)}
    return tuple((one, names.get(one.removeprefix("user:"), one)) for one in found)


def comparables(case: Any, proposal: Any) -> list[Comparable]:
    """The newest decided requests in the district, those on the same questions first; names hidden."""
    decided = (
        Decision.objects.filter(case__district_id=case.district_id, case__kind="rental")
        .exclude(case_id=case.pk)
        .order_by("-id")
    )
    wanted = set(proposal.criteria) if proposal else set()
    rows = list(decided[: MOST * 5])
    rows.sort(key=lambda row: not (wanted & set(row.criteria)))
    return [_comparable(row, wanted) for row in rows[:MOST]]


def _comparable(row: Any, wanted: set[str]) -> Comparable:
    same = ", ".join(sorted(wanted & set(row.criteria)))
    return Comparable(
        year=row.decided_on.year,
        alike_sv=f"samma frågor: {same}" if same else "lokal i samma stadsdel",
        alike_en=f"same questions: {same}" if same else "a venue in the same district",
        outcome=str(Outcome(row.outcome).label),
        ground=row.reason_class,
        requested=None,
        amount=None,
    )


def reviewed(case: Any) -> list[Reviewed]:
    """The case's signed reviews with what they say."""
    return [
        Reviewed(
            review_id=review.pk,
            adverse=tuple(said.adverse),
            stops=tuple(dict.fromkeys(block.question for block in said.blocks)),
        )
        for review, said in zip(reviews_of(case), verdicts_of(case), strict=True)
        if not review.is_open
    ]


RENTAL_SUBJECT = Subject(
    describe=describe,
    comparables=comparables,
    reviews=reviewed,
    actions={Outcome.FULL: "deviate", Outcome.PART: "deviate", Outcome.REFUSED: "refuse"},
    writable=frozenset({"review", "proposed"}),
    letter="rental-decision",
)
# While a booking is confirmed, what is proposed is to terminate it: another matter, another letter.
REVOCATION_SUBJECT = Subject(
    describe=describe,
    comparables=comparables,
    reviews=reviewed,
    actions={Outcome.REFUSED: "revoke"},
    writable=frozenset({"confirmed"}),
    letter="rental-revocation",
    matter="revocation",
)
