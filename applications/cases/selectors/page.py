"""Reads of the common case. Every one starts from `for_user`."""

import copy
import uuid
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from applications.cases import panels, people
from applications.cases.executor import kind_of
from applications.cases.jav import Standing, standing
from applications.cases.locking import LockedOut, locked_out_text
from applications.cases.models import Case, CaseLink, JavDeclaration, JavRuling, Recusal, StateChange
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import NotFound
from vetting.kernel.statement import Statement
from vetting.kernel.workflow import kinds

NO_SUCH_CASE = _("There is no such page, or it belongs to another district.")


def page_case(actor: Actor, permission: Permission, key: uuid.UUID) -> Any:
    """The case's child with everything its header shows, in one query (docs: trust, `queries`).

    Raises NotFound, or LockedOut for a person whom a conflict of interest keeps out: neither says what is in it.
    """
    case = ONE_CASE.first(actor=actor, permission=permission, key=key, columns=tuple(panels.columns))
    if case is None:
        raise missing(actor, permission, key)
    child = child_of(case)
    child.my_standing = _standing(child, actor)
    return child


def _one_case(*, actor: Actor, permission: Permission, key: uuid.UUID, columns: tuple[str, ...]) -> QuerySet[Case]:
    return case_rows(actor, permission).filter(key=key)[:1]


ONE_CASE = Statement(_one_case)


def missing(actor: Actor, permission: Permission, key: uuid.UUID) -> NotFound:
    """Why there is no such case for the person: locked out by a conflict of interest, or simply none."""
    within = Case._base_manager.filter(district_id__in=actor.districts_with(permission), key=key)
    found = within.values_list("pk", flat=True).first()
    if found is not None and standing(found, actor.user_id).out:
        return LockedOut(locked_out_text())
    return NotFound(NO_SUCH_CASE)


def case_rows(actor: Actor, permission: Permission) -> QuerySet[Case]:
    """Cases the person may see, with children, names, the strip's dates, declarations and every registered column."""
    children = {kind.model for _code, kind in kinds.items() if kind.is_case and not kind.model._meta.proxy}
    related = ["district", "association", "officer", *(model._meta.model_name or "" for model in children)]
    for _name, headline in panels.headlines.items():
        related.extend(headline.related)
    extra: dict[str, Any] = {panels.PREFIX + name: column() for name, column in panels.columns.items()}
    return (
        Case.objects.for_user(actor, permission)
        .select_related(*related)
        .annotate(
            moves=_moves(),
            declarations=_declarations(),
            recusals_now=_recusals(),
            rulings=_rulings(),
            posts_now=_posts(),
            **_links(actor),
            **extra,
        )
    )


def child_of(case: Case) -> Any:
    """The case as its kind's model, with the columns and relations loaded for the parent."""
    model: Any = kind_of(case).model
    if model._meta.proxy:
        child = copy.copy(case)
        child.__class__ = model
        return child
    child = getattr(case, model._meta.model_name)
    for name, value in vars(case).items():
        if name not in child.__dict__:
            child.__dict__[name] = value
    for name, value in case._state.fields_cache.items():
        if name != model._meta.model_name:
            child._state.fields_cache.setdefault(name, value)
    return child


def _moves() -> Any:
    rows = StateChange.objects.filter(case=OuterRef("pk"), subject_type="case").order_by("version")
    return ArraySubquery(rows.values(row=JSONObject(to="to_state", at="at")))


def _declarations() -> Any:
    """Each person's newest declaration, in the order of the first."""
    newest = (
        JavDeclaration.objects.filter(case=OuterRef("pk"))
        .order_by("user_id", "-id")
        .distinct("user_id")
        .values(row=JSONObject(user="user_id", name=F("user__name"), key=F("user__key"), answer="answer", at="at"))
    )
    return ArraySubquery(newest)


def _rulings() -> Any:
    rows = JavRuling.objects.filter(case=OuterRef("pk")).order_by("id")
    return ArraySubquery(rows.values(row=JSONObject(user="user_id", ruling="ruling", at="at")))


def _posts() -> Any:
    """Who holds which role in the case's district today: so that a step can say whom to ask."""
    rows = people.posts_today().filter(district=OuterRef("district_id")).order_by("id")
    return ArraySubquery(rows.values(row=JSONObject(role="role", name=F("user__name"))))


def _recusals() -> Any:
    rows = Recusal.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True).order_by("id")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                user="user_id",
                name=F("user__name"),
                key=F("user__key"),
                since="since",
                step="allowed_action",
                until="allowed_until",
            )
        )
    )


def _links(actor: Actor) -> dict[str, Any]:
    """Both sides of the links that stand, without the cases the person is locked out of."""
    out = Recusal.objects.filter(user_id=actor.user_id or 0).locked_out_on(clock.today()).values("case_id")
    sides = {"links_older": ("second", "first"), "links_newer": ("first", "second")}
    found = {}
    for name, (here, there) in sides.items():
        rows = CaseLink.objects.filter(**{here: OuterRef("pk")}, ended_at__isnull=True).exclude(**{f"{there}__in": out})
        columns = {part: F(f"{there}__{part}") for part in ("number", "key", "kind", "state")}
        found[name] = ArraySubquery(rows.order_by("-id").values(row=JSONObject(why="why", **columns)))
    return found


def _standing(case: Any, actor: Actor) -> Standing:
    """What `jav.standing` says of the person, from what the page has loaded."""
    declared = next((row for row in case.declarations if row["user"] == actor.user_id), None)
    out = next((row for row in case.recusals_now if row["user"] == actor.user_id), None)
    ruled = next((row for row in reversed(case.rulings) if row["user"] == actor.user_id), None)
    if ruled is not None and declared is not None and _at(ruled) < _at(declared):
        ruled = None  # answered anew since
    return Standing(
        answer=declared["answer"] if declared else "",
        ruled=ruled["ruling"] if ruled else "",
        recused=out is not None,
        allowed_action=out["step"] if out else "",
        allowed_until=date.fromisoformat(out["until"]) if out and out["until"] else None,
    )


def _at(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["at"])
