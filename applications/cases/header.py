"""What stands above and beside every page of a case: name, state, facts, strip, tabs, people, days (ui.md, Case)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases import panels
from applications.cases.executor import kind_of
from applications.cases.models import JavAnswer
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.workflow import State, Workflow, kinds


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One step of the strip: done, now or left, with the day it was entered."""

    label: Any
    status: str
    note: Any = ""


@dataclass(frozen=True, slots=True)
class TabLine:
    label: Any
    url: str
    current: bool
    count: Any = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's part in the case, and what was declared."""

    name: str
    part: Any
    said: Any
    locked_out: bool = False
    url: str = ""  # the unit head's page for a ruling


@dataclass(frozen=True, slots=True)
class DayLine:
    label: Any
    day: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A case that belongs to this one."""

    number: str
    url: str
    what: Any
    state: State


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """All of it, computed from one loaded case without another query."""

    name: str
    what: Any
    number: str
    state: State
    facts: Sequence[tuple[Any, Any]]
    phases: Sequence[PhaseLine]
    tracks: Sequence[dict[str, Any]]
    tabs: Sequence[TabLine]
    people: Sequence[PersonLine]
    days: Sequence[DayLine]
    trail: Sequence[dict[str, Any]]
    links: Sequence[LinkLine] = ()
    may_link: bool = False
    assign_url: str = ""  # for whoever may give the case to an officer, while it is open
    page: Any = ""  # the name of a page below the case's own; then that name is the page's heading


def case_header(case: Any, actor: Actor, *, tab: str = "", page: Any = "") -> CaseHeader:
    """The header of a case loaded by `selectors.page_case`; asks the database nothing.

    `tab` is the code of the tab the page belongs to, `page` the page's own name for the trail.
    """
    kind = kind_of(case)
    headline = panels.headlines.get(kind.code)
    state = kind.workflow.state(case.state)
    return CaseHeader(
        name=applicant_name(case),
        what=headline.what(case) if headline else kind.label,
        number=case.number,
        state=state,
        facts=(*(headline.facts(case) if headline else ()), *_own_facts(case, state)),
        phases=phases(kind.workflow, case),
        tracks=_tracks(case, kind.code),
        tabs=_tabs(case, actor, kind.code, tab),
        people=people_of(case, actor),
        days=_days(case, state, kind.code),
        trail=_trail(case, page),
        page=page,
        links=_links(case),
        may_link=actor.may(Permission.WRITE_NOTES, case.district_id),
        assign_url=_assign_url(case, actor),
    )


def applicant_name(case: Any) -> str:
    return case.association.name if case.association_id else str(_("A private person"))


def case_url(case: Any) -> str:
    """The case's page; its timeline for a kind whose page is not wired."""
    return reverse(kind_of(case).page or "show-case-events", args=[case.key])


def _own_facts(case: Any, state: State) -> list[tuple[Any, Any]]:
    facts = [(_("Officer"), case.officer.name if case.officer_id else _("None yet"))]
    if state.next_step is not None and case.due_on:
        facts.append((_("Next step"), f"{state.next_step}, {due_text(case.due_on)}"))
    return facts


def _assign_url(case: Any, actor: Actor) -> str:
    may = case.is_open and actor.may(Permission.ASSIGN_CASES, case.district_id)
    return reverse("assign-officer", args=[case.key]) if may else ""


def due_text(day: date) -> str:
    """`i dag`, `27 mars, om 22 dagar`."""
    today = clock.today()
    near = text.distance(day, today)
    if abs((day - today).days) <= 1:
        return near
    return f"{text.day(day, year=day.year != today.year)}, {near}"


def phases(machine: Workflow, case: Any) -> list[PhaseLine]:
    """The strip: each phase of the main line with the day it was entered last. A step back empties what it left.

    A state without a phase (a side track) belongs to the one it was entered from.
    """
    order = [phase.code for phase in machine.phases]
    entered: dict[str, datetime] = {}
    now = ""
    for move in case.moves:
        phase = machine.state(move["to"]).phase or now
        if phase and phase != now:
            for later in order[order.index(phase) :]:
                entered.pop(later, None)
            entered[phase] = datetime.fromisoformat(move["at"])
            now = phase
    ended = machine.state(case.state).final
    lines = []
    for phase_row in machine.phases:
        at = entered.get(phase_row.code)
        if phase_row.code == now:
            status = "done" if ended else "now"
            note = text.day(at, year=False) if at else ""
            lines.append(PhaseLine(phase_row.label, status, note if ended else _("since %(day)s") % {"day": note}))
        elif at is not None or (now and order.index(phase_row.code) < order.index(now)):
            lines.append(PhaseLine(phase_row.label, "done", text.day(at, year=False) if at else ""))
        else:
            lines.append(PhaseLine(phase_row.label, "left"))
    return lines


def _tracks(case: Any, kind: str) -> list[dict[str, Any]]:
    found = []
    for track in panels.in_order(panels.tracks, kind):
        if line := track.line(case):
            found.append({"label": track.label, "state": line.state, "text": line.text, "note": line.note})
    return found


def _tabs(case: Any, actor: Actor, kind: str, current: str) -> list[TabLine]:
    names = {id(tab): name for name, tab in panels.tabs.items()}
    return [
        TabLine(
            label=tab.label,
            url=reverse(tab.url_name, args=[*tab.before, case.key]),
            current=names[id(tab)] == current,
            count=(panels.column(case, tab.count) or None) if tab.count else None,
        )
        for tab in panels.in_order(panels.tabs, kind)
        if actor.may(tab.permission, case.district_id)
    ]


SAID: dict[str, Any] = {
    JavAnswer.NONE: _("Declared %(day)s: no conflict of interest"),
    JavAnswer.POSSIBLE: _("Named a possible conflict of interest %(day)s"),
    JavAnswer.YES: _("Declared a conflict of interest %(day)s. Does not see the case."),
    JavAnswer.IRRELEVANT: _("Declared %(day)s: a connection without importance (KL 6:29)"),
}


def people_of(case: Any, actor: Actor) -> list[PersonLine]:
    """The officer first, then everybody who has declared or is locked out."""
    said = {row["user"]: row for row in case.declarations}
    out = {row["user"]: row for row in case.recusals_now}
    rules = actor.may(Permission.RULE_ON_JAV, case.district_id)
    lines: list[PersonLine] = []
    if case.officer_id and case.officer_id not in said:
        lines.append(PersonLine(case.officer.name, _("officer"), _("Has not declared on conflicts of interest yet.")))
    everyone = {**out, **said}
    for user_id, row in sorted(everyone.items(), key=lambda item: item[0] != case.officer_id):
        locked = user_id in out
        answer = said.get(user_id, {}).get("answer", "")
        lines.append(
            PersonLine(
                name=row["name"],
                part=_("officer") if user_id == case.officer_id else "",
                said=_what_was_said(said.get(user_id), out.get(user_id)),
                locked_out=locked,
                url=reverse("rule-on-jav", args=[case.key, row["key"]])
                if rules and user_id != actor.user_id and (locked or answer == JavAnswer.POSSIBLE)
                else "",
            )
        )
    return lines


def _what_was_said(declared: dict[str, Any] | None, out: dict[str, Any] | None) -> Any:
    if out and out["until"] and date.fromisoformat(out["until"]) >= clock.today():
        return _("May take one step until %(day)s (KL 6:30).") % {
            "day": text.day(date.fromisoformat(out["until"]), year=False)
        }
    if out and (declared is None or declared["answer"] != JavAnswer.YES):
        since = datetime.fromisoformat(out["since"])
        return _("Locked out by the unit head %(day)s.") % {"day": text.day(since, year=False)}
    if declared is None:
        return ""
    day = text.day(datetime.fromisoformat(declared["at"]), year=False)
    if declared["answer"] == JavAnswer.YES and out is None:
        return _("The lock-out was lifted; has not declared anew.")
    return SAID[declared["answer"]] % {"day": day}


def _days(case: Any, state: State, kind: str) -> list[DayLine]:
    lines = []
    for deadline in panels.in_order(panels.deadlines, kind):
        if day := panels.column(case, deadline.day):
            url = reverse(deadline.url_name, args=[case.key]) if deadline.url_name else ""
            lines.append(DayLine(deadline.label, day, url))
    if case.due_on and state.next_step is not None and case.due_on not in {line.day for line in lines}:
        lines.insert(0, DayLine(state.next_step, case.due_on))
    return lines


def _links(case: Any) -> list[LinkLine]:
    lines = []
    for row in (*case.links_newer, *case.links_older):
        kind = kinds[row["kind"]]
        url = reverse(kind.page or "show-case-events", args=[row["key"]])
        lines.append(LinkLine(row["number"], url, kind.label, kind.workflow.state(row["state"])))
    return lines


def _trail(case: Any, page: Any) -> list[dict[str, Any]]:
    name = case.number or _("Draft")
    trail: list[dict[str, Any]] = [
        {"label": _("Cases"), "url": reverse("list-cases")},
        {"label": name, "url": case_url(case) if page else ""},
    ]
    if page:
        trail.append({"label": page, "url": ""})
    return trail
