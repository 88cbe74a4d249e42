"""What this room adds to every page of a case: the tab, the short row of the decision, its deadline."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from applications.cases import panels
from applications.cases.panels import Deadline, Tab, Track, TrackLine
from applications.decisions.models import DecisionTrack
from applications.decisions.workflow import DECISION
from vetting.accounts.roles import Permission
from vetting.kernel import text
from vetting.kernel.labels import Label


def _newest() -> Any:
    return DecisionTrack.objects.filter(case=OuterRef("pk")).order_by("-decision_id")


def newest_track() -> Any:
    """State, day of decision and last day of appeal of the newest decision."""
    return Subquery(
        _newest().values(row=JSONObject(state="state", on=F("decision__decided_on"), key=F("decision__key")))[:1]
    )


def track_due() -> Any:
    return Subquery(_newest().values("due_on")[:1])


def line(case: Any) -> TrackLine | None:
    """The short row: where the newest decision stands."""
    row = panels.column(case, "decision")
    if not row:
        return None
    decided = text.day(date.fromisoformat(row["on"]), year=False)
    return TrackLine(state=DECISION.state(row["state"]), note=str(Label(f"beslutat {decided}", f"decided {decided}")))


def register_all(owner: str) -> None:
    panels.columns.register("decision", newest_track, owner=owner)
    panels.columns.register("decision_due", track_due, owner=owner)
    panels.tabs.register(
        "decision", Tab(60, Label("Beslut", "Decision"), "show-decisions", Permission.SEE_CASES), owner=owner
    )
    panels.tracks.register("decision", Track(10, Label("Beslut", "Decision"), line), owner=owner)
    panels.deadlines.register(
        "decision",
        Deadline(40, Label("Beslutets nästa steg", "The decision's next step"), "decision_due", "show-decisions"),
        owner=owner,
    )
