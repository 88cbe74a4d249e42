"""A grant case as a decision sees it: what the decisions room asks of a kind it does not import."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery, TextField, UUIDField
from django.db.models.functions import Cast, JSONObject, Substr

from applications.cases.models import StateChange
from applications.decisions.choices import Outcome
from applications.decisions.models import Decision
from applications.decisions.subjects import Citation, Comparable, Cost, Described, Reviewed, Subject
from applications.grants.known import known_of
from applications.grants.late import late_facts, lateness_of
from applications.grants.models import BudgetLine, GrantApplication, InDepthLane
from applications.grants.naming import matter
from applications.grants.payments.effects import hold_what_is_left
from applications.grants.programmes.rules.days import last_report_day
from applications.grants.programmes.rules.departures import departures
from applications.grants.programmes.rules.previous_report import BARRED
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.review_cycle import reviews_of, verdicts_of
from vetting.accounts.models import User
from vetting.kernel.errors import Reason
from vetting.kernel.labels import Label

MOST = 10  # so many decided cases stand in the mirror (ui.md)
NOT_LESS_THAN = Citation(
    id="rf-1-9",
    ground="grundlag",
    section="regeringsformen 1 kap. 9 §",
    sv="Alla ska behandlas lika och sakligt.",
    en="All are treated equally and objectively.",
)


def describe(case: Any) -> Described:
    """The case, its programme's rules and what its reviews say; sums in kr. Computed once per loaded case."""
    known: Described | None = vars(case).get("_described")
    if known is None:
        known = vars(case)["_described"] = _describe(case)
    return known


def _describe(case: Any) -> Described:
    version = case.round.programme_version
    terms = terms_of(version)
    verdicts = verdicts_of(case)
    name, beside = terms.name, _beside(case)
    return Described(
        subject_sv=matter(name.sv, case.round.name_sv),
        subject_en=matter(name.en, case.round.name_en),
        requested=case.applied_amount,
        period=(case.period_from, case.period_to),
        costs=tuple(Cost(cost=one["cost"], applied=Decimal(one["applied"])) for one in beside["costs"]),
        address=_address(case),
        frame=str(terms.handling.frame),
        rules_version=f"{case.round.programme} v{version.number}",
        citations=(*_citations(case, terms), NOT_LESS_THAN),
        conditions=_conditions(),
        report_on=last_report_day(terms.report, period_to=case.period_to or case.round.period_to),
        adverse=frozenset(code for one in verdicts for code in one.adverse),
        blocks=frozenset(block.question for one in verdicts for block in one.blocks),
        lane_opened_by=beside["lane"] or "",
        took_part=tuple((one["actor"], one["name"] or one["actor"]) for one in beside["readers"]),
        facts=late_facts(case),
        late=_late(case),
        departures=partial(departures_of, case, frozenset(code for one in verdicts for code in one.special_reasons)),
    )


def _beside(case: Any) -> Mapping[str, Any]:
    """Costs applied for, who opened the lane, who confirmed as second reader (FL 31 § as template): one query."""
    costs = BudgetLine.objects.filter(application=OuterRef("pk"), applied__gt=0).order_by("position")
    lanes = InDepthLane.objects.filter(application=OuterRef("pk")).order_by("-id")
    people = User.objects.filter(key=Cast(Substr(OuterRef("actor"), len("user:") + 1), UUIDField()))
    readers = StateChange.objects.filter(case=OuterRef("pk"), action="confirm_review", actor__startswith="user:")
    found: Mapping[str, Any] = (
        GrantApplication.objects.filter(pk=case.pk)
        .values(
            costs=ArraySubquery(costs.values(row=JSONObject(cost="cost", applied=Cast("applied", TextField())))),
            lane=Subquery(lanes.values("opened_by")[:1]),
            readers=ArraySubquery(
                readers.order_by("id").values(row=JSONObject(actor="actor", name=Subquery(people.values("name")[:1])))
            ),
        )
        .get()
    )
    return found


def _address(case: Any) -> tuple[str, ...]:
    return tuple(part for part in (case.contact_name,) if part)


def _citations(case: Any, terms: Any) -> tuple[Citation, ...]:
    number = case.round.programme_version.number
    return tuple(
        Citation(
            id=f"point-{one.point}",
            ground=str(one.ground),
            section=f"{case.round.programme.name_sv}, version {number}, punkt {one.point}",
            version=f"v{number}",
            sv=f"{one.title.sv}: {one.text.sv}",
            en=f"{one.title.en}: {one.text.en}",
        )
        for one in terms.criteria
    )


def _conditions() -> tuple[str, ...]:
    """What every grant under the programme carries; a changed budget is reported before the money is used."""
    shown = Label(
        "Bidraget får bara användas till det som står i ansökan och beslutet. Ändringar ska godkännas i förväg.",
        "The grant may be used only for what the application and the decision say. Changes are approved beforehand.",
    )
    return (shown.sv,)


def _late(case: Any) -> tuple[date, date] | None:
    return (case.round.closes_on, case.received_date) if lateness_of(case).is_late else None


GATE = "A9"  # the checklist's own stop on a missing report


def departures_of(case: Any, lifted: frozenset[str], amount: Decimal | None) -> list[Reason]:
    """What a grant of `amount` departs from; the report's gate not where special reasons are `lifted` at A9."""
    found = departures(terms_of(case.round.programme_version), known_of(case), amount)
    return [one for one in found if one.code not in BARRED or GATE not in lifted]


def comparables(case: Any, proposal: Any) -> list[Comparable]:
    """The newest decided cases of the same programme and district, those on the same questions first; names hidden.

    A withdrawn application was not judged: there is nothing to compare with.
    """
    decided = (
        Decision.objects.filter(
            case__district_id=case.district_id,
            case__kind="grant",
            case__grantapplication__round__programme_id=case.round.programme_id,
            matter="main",
        )
        .exclude(case_id=case.pk)
        .exclude(outcome=Outcome.STRUCK)
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
        alike_sv=f"samma frågor: {same}" if same else "samma stödform",
        alike_en=f"same questions: {same}" if same else "same programme",
        outcome=str(Outcome(row.outcome).label),
        ground=row.reason_class,
        requested=row.requested,
        amount=row.amount,
    )


def reviewed(case: Any) -> list[Reviewed]:
    """The case's signed reviews with what they say."""
    return [
        Reviewed(
            review_id=review.pk,
            adverse=said.adverse,
            stops=tuple(dict.fromkeys(block.question for block in said.blocks)),
        )
        for review, said in zip(reviews_of(case), verdicts_of(case), strict=True)
        if not review.is_open
    ]


SUBJECT = Subject(describe=describe, comparables=comparables, reviews=reviewed, lost_force=hold_what_is_left)
