"""What application and register say of a grant case, read for the programme's rules: one query, kept on the case."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from applications.associations.models import DistrictAssociation
from applications.cases.models import CaseDocument, DocumentKind
from applications.decisions.models import Decision
from applications.grants.late import lateness_of
from applications.grants.models import GrantApplication
from applications.grants.other_cases import others_of
from applications.grants.programmes.rules.departures import CaseFacts
from applications.grants.programmes.rules.earlier import Earlier
from vetting.kernel import clock
from vetting.kernel.statement import Statement

MOST = 60  # an association's applications that are looked at, newest first


def known_of(case: Any) -> CaseFacts:
    """The facts of a loaded application with its round and association. Read once per loaded case."""
    known: CaseFacts | None = vars(case).get("_known")
    if known is None:
        row = KNOWN.rows(case=case.pk, association=case.association_id, district=case.district_id)[0]
        known = keep_known(case, *row)
    return known


def _known(*, case: int, association: int, district: int) -> QuerySet[Any, Any]:
    own = DistrictAssociation.objects.filter(association=association, district=district)
    members = Subquery(own.values("members")[:1])
    earlier = earlier_column(case=case, association=association, district=district)
    return GrantApplication.objects.filter(pk=case).values_list(earlier, members)


KNOWN = Statement(_known)


def keep_known(case: Any, earlier: Iterable[Mapping[str, Any]], members: int | None) -> CaseFacts:
    """The same from columns that another query of the page has brought along."""
    known = CaseFacts(
        today=clock.today(),
        came_on=case.received_date,
        closes_on=case.round.closes_on,
        late=lateness_of(case),
        applied=case.applied_amount,
        form_code=case.form_code,
        period=(case.period_from or case.round.period_from, case.period_to or case.round.period_to),
        founded_on=case.association.registered_date,
        members=members,
        earlier=tuple(_earlier(case, row) for row in earlier),
    )
    vars(case)["_known"] = known
    return known


def earlier_column(**of: int) -> ArraySubquery:
    """The association's other applications in the district; `of`: case, association and district by primary key."""
    in_force = Decision.objects.filter(case=OuterRef("pk"), matter="main").order_by("-id")
    reports = CaseDocument.objects.filter(case=OuterRef("pk"), kind=DocumentKind.REPORT).order_by().values("case")
    rows = others_of(GrantApplication.objects.all(), **of).order_by("-pk")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                number="number",
                key="key",
                programme="round__programme_id",
                form="form_code",
                state="state",
                came="received_date",
                starts=Coalesce("period_from", "round__period_from"),
                ends=Coalesce("period_to", "round__period_to"),
                ended_as="ended_as",
                decided="decided_at",
                since="state_since",
                report_due=Subquery(in_force.values("last_report_on")[:1]),
                reported=Subquery(reports.annotate(first=Min("arrived_on")).values("first")[:1]),
            )
        )[:MOST]
    )


def _earlier(case: Any, row: Mapping[str, Any]) -> Earlier:
    decided, closed = _local(row["decided"]), row["state"] == "closed"
    granted = row["ended_as"] == "granted" and row["state"] in {"granted", "closed"}
    return Earlier(
        number=row["number"],
        key=row["key"],
        same_programme=row["programme"] == case.round.programme_id,
        form_code=row["form"],
        received_on=_day(row["came"]),
        starts_on=_day(row["starts"]),
        ended_on=_day(row["ends"]) or decided,
        fell_away=row["ended_as"] in {"withdrawn", "dismissed"},
        granted=granted,
        report_due=_day(row["report_due"]),
        reported_on=_day(row["reported"]),
        settled_on=_local(row["since"]) if granted and closed else None,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _local(value: str | None) -> date | None:
    return clock.stockholm(datetime.fromisoformat(value)).date() if value else None
