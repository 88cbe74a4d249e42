"""The tab Ansökan of a grant case: everything below the header in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from applications.associations.choices import RegisterStatus, RepresentativeRole
from applications.associations.models import AssociationDocument, DistrictAssociation, GiroAccount, Representative
from applications.cases.models import CHANNEL_LABELS, DOCUMENT_LABELS, CaseDocument, Direction
from applications.desk.case.demands import DemandRow, demand_rows
from applications.grants.known import earlier_column, keep_known
from applications.grants.models import BudgetLine, GrantApplication, OtherSupport
from applications.grants.programmes.rules.attachments import Held
from applications.grants.programmes.rules.judges import MoreFacts
from applications.grants.selectors import AskedPaper, asked_papers
from vetting.kernel import clock, giro, text
from vetting.kernel.statement import Statement

Row = tuple[Any, ...]  # label, value and, where it comes from the register, a mark


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of the budget, in kr."""

    cost: str
    amount: Decimal
    applied: Decimal


@dataclass(frozen=True, slots=True)
class Support:
    """Support the applicant has declared; `same_cost`: for a cost that is also applied for here (A11)."""

    giver: str
    cost: str
    amount: Decimal
    period: str
    same_cost: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One document that came in."""

    kind: str
    label: str
    file: dict[str, Any] | None
    dated_on: date | None
    arrived_on: date | None


@dataclass(frozen=True, slots=True)
class ApplicationPart:
    """What the tab shows. Sums are of the lines; `own` is what the applicant pays itself."""

    association: Sequence[Row]
    details: Sequence[Row]
    arrival: Sequence[Row]
    budget: Sequence[Cost]
    total: Decimal
    applied: Decimal
    support: Sequence[Support]
    support_declared: bool | None
    papers: Sequence[Paper]
    asked: Sequence[AskedPaper]
    demands: Sequence[DemandRow]

    @property
    def own(self) -> Decimal:
        return self.total - self.applied


def application_part(case: Any) -> ApplicationPart:
    """The application of a case loaded by `cases.selectors.page_case`; one query."""
    found = PART.rows(case=case.pk, association=case.association_id, district=case.district_id)[0]
    budget, support, papers, signatories, accounts, own, held, earlier = found
    costs = [Cost(row["cost"], Decimal(row["amount"]), Decimal(row["applied"])) for row in budget]
    documents = [_paper(row) for row in papers]
    asked = asked_papers(case, documents, [_of_register(row) for row in held])  # type: ignore[arg-type]
    total = sum((cost.amount for cost in costs), Decimal(0))
    counted = own[0] if own else {}
    keep_known(case, earlier, counted.get("members"))
    return ApplicationPart(
        association=_about(case, signatories, accounts, own[0] if own else None),
        details=_details(case),
        arrival=_arrival(case),
        budget=costs,
        total=total,
        applied=sum((cost.applied for cost in costs), Decimal(0)),
        support=[_supported(row, costs) for row in support],
        support_declared=case.other_support,
        papers=documents,
        asked=asked,
        demands=demand_rows(
            case,
            MoreFacts(
                legal_form=case.association.legal_form,
                area=case.association.area,
                status=_status(case.association),
                members_in_area=counted.get("in_area"),
                giro_confirmed=any(row["confirmed"] for row in accounts) if accounts else None,
                other_support=case.other_support,
                budget_kr=total,
                papers_missing=sum(not one.is_there for one in asked),
            ),
        ),
    )


def _part(*, case: int, association: int, district: int) -> QuerySet[Any, Any]:
    theirs = {"association": association, "district": district}
    earlier = earlier_column(case=case, association=association, district=district)
    parts = _signatories(theirs), _giro(association), _own(theirs), _held(theirs), earlier
    return GrantApplication.objects.filter(pk=case).values_list(_budget(), _support(), _papers(), *parts)


PART = Statement(_part)


def _text(name: str) -> Cast:
    return Cast(name, TextField())  # decimals keep their öre on the way through JSON


def _budget() -> ArraySubquery:
    rows = BudgetLine.objects.filter(application=OuterRef("pk")).order_by("position")
    return ArraySubquery(rows.values(row=JSONObject(cost="cost", amount=_text("amount"), applied=_text("applied"))))


def _support() -> ArraySubquery:
    rows = OtherSupport.objects.filter(application=OuterRef("pk")).order_by("id")
    return ArraySubquery(
        rows.values(row=JSONObject(giver="giver", cost="cost", amount=_text("amount"), period="period"))
    )


def _papers() -> ArraySubquery:
    rows = CaseDocument.objects.filter(case=OuterRef("pk"), direction=Direction.IN).order_by("arrived_on", "id")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                kind="kind",
                title="title",
                dated="dated_on",
                arrived="arrived_on",
                key=F("file__key"),
                name=F("file__name"),
                size=F("file__size"),
            )
        )
    )


def _signatories(theirs: dict[str, int]) -> ArraySubquery:
    today = clock.today()
    rows = Representative.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        **theirs,
        role=RepresentativeRole.SIGNATORY,
        valid_from__lte=today,
    ).order_by("id")
    return ArraySubquery(rows.values(row=JSONObject(name="name", post="post", protected="protected")))


def _giro(association: int) -> ArraySubquery:
    rows = GiroAccount.objects.filter(association=association, ended_at=None).order_by("kind", "id")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                kind="kind",
                digits="digits",
                confirmed="confirmed_at",
                owner="confirmed_district_id",
                registered_in="registered_district_id",
            )
        )
    )


def _own(theirs: dict[str, int]) -> ArraySubquery:
    rows = DistrictAssociation.objects.filter(**theirs)
    return ArraySubquery(rows.values(row=JSONObject(members="members", in_area="members_in_area", on="counted_on")))


def _held(theirs: dict[str, int]) -> ArraySubquery:
    rows = AssociationDocument.objects.filter(**theirs)
    columns = JSONObject(kind="kind", dated_on="dated_on", signed="signed", result="result")
    return ArraySubquery(rows.order_by("-dated_on", "-id").values(row=columns))


def _of_register(row: Any) -> Held:
    return Held(row["kind"], date.fromisoformat(row["dated_on"]), row["signed"], row["result"])


def _about(case: Any, signatories: list[Any], accounts: list[Any], own: Any) -> list[Row]:
    """What the register says, row by row; what it does not know is said, since somebody must find out."""
    association, mark = case.association, _("from the register")
    unknown = _("not in the register")
    rows: list[Row] = [(_("Organisation number"), association.orgnr_shown, mark)]
    if status := _status(association):
        rows.append((_("Status"), status, mark))
    founded = text.day(association.registered_date) if association.registered_date else unknown
    rows.append((_("Registered"), founded))
    rows.append((_("Authorised signatories"), _names(signatories) or unknown))
    rows.append((_("Members"), _members(own) or unknown))
    rows.append((_("Giro"), _accounts(accounts, case.district_id) or unknown))
    if association.area:
        rows.append((_("Area"), association.area))
    return rows


def _status(association: Any) -> str:
    """In words where it is anything but active, or unknown."""
    if not association.status or association.status == RegisterStatus.ACTIVE:
        return ""
    return str(association.get_status_display())


def _names(signatories: list[Any]) -> str:
    names = []
    for person in signatories:
        name = _("a person with protected data") if person["protected"] else person["name"]
        names.append(f"{name}, {person['post']}" if person["post"] else name)
    return "; ".join(names)


def _members(own: Any) -> str:
    if not own or own["members"] is None:
        return ""
    if own["in_area"] is None:
        said = text.number(own["members"])
    else:
        said = _("%(all)s, of whom %(here)s live in the area") % {
            "all": text.number(own["members"]),
            "here": text.number(own["in_area"]),
        }
    if own["on"]:
        said += " " + _("(counted %(day)s)") % {"day": text.day(date.fromisoformat(own["on"]))}
    return said


def _accounts(accounts: list[Any], district_id: int) -> str:
    lines = []
    for row in accounts:
        whole = (row["owner"] or row["registered_in"]) in (None, district_id)
        number = giro.formatted(row["kind"], row["digits"]) if whole else giro.masked(row["kind"], row["digits"])
        lines.append(number if row["confirmed"] else _("%(number)s, not confirmed yet") % {"number": number})
    return "; ".join(lines)


def _details(case: Any) -> list[Row]:
    rows: list[Row] = []
    if case.target_group:
        rows.append((_("For whom"), case.target_group))
    if case.period_from and case.period_to:
        rows.append((_("Period"), f"{text.day(case.period_from)} – {text.day(case.period_to)}"))
    if case.place:
        rows.append((_("Place"), case.place))
    return rows


def _arrival(case: Any) -> list[Row]:
    rows: list[Row] = []
    if case.received_date:
        rows.append((_("Arrived"), text.day(case.received_date)))
    if case.channel:
        rows.append((_("How"), CHANNEL_LABELS[case.channel]))
    if case.postmarked_on:
        rows.append((_("Postmark"), text.day(case.postmarked_on)))
    if case.arrival_reason:
        rows.append((_("Not counted to the working day before"), case.arrival_reason))
    rows.append((_("Signed"), _("yes") if case.signed else _("no, or not known")))
    if case.contact_name or case.contact_email:
        rows.append((_("Contact"), ", ".join(filter(None, (case.contact_name, case.contact_email)))))
    if case.help_given:
        rows.append((_("Help given before the application was whole"), case.help_given))
    return rows


def _supported(row: Any, costs: Sequence[Cost]) -> Support:
    same = {cost.cost.casefold() for cost in costs if cost.applied}
    twice = row["cost"].strip().casefold() in same
    return Support(row["giver"], row["cost"], Decimal(row["amount"]), row["period"], twice)


def _paper(row: Any) -> Paper:
    return Paper(
        kind=row["kind"],
        label=row["title"] or str(DOCUMENT_LABELS[row["kind"]]),
        file={"key": row["key"], "name": row["name"], "size": row["size"]} if row["key"] else None,
        dated_on=date.fromisoformat(row["dated"]) if row["dated"] else None,
        arrived_on=date.fromisoformat(row["arrived"]) if row["arrived"] else None,
    )
