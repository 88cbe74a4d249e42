"""Each demand of a programme beside what is known: met, not met, not known, or for a person to judge. Pure.

The rows follow from the programme's own description, so that nothing it demands is left out: a test holds every field
of the terms to be a demand or named as none. A row never decides; the checklist's question, where there is one, is
where a person answers (docs/domain.md §1.2, §3.1; design: §2.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.grants.programmes.rules import departures as hard
from applications.grants.programmes.rules.departures import CaseFacts
from applications.grants.programmes.rules.earlier import after_reason, overlap_reason, report_reason, times_reason
from applications.grants.programmes.rules.forms import amounts_for, thresholds_for, window_for
from applications.grants.programmes.rules.judges import (
    JUDGES,
    NO_DEMAND,
    PERSON,
    QUESTIONS,
    TABLES,
    MoreFacts,
    Said,
    State,
    by_person,
    seat,
)
from applications.grants.programmes.rules.lateness import LateKind, late_effect
from applications.grants.programmes.rules.sums import known_size_reasons, sum_reasons
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel import text
from vetting.kernel.errors import Reason
from vetting.kernel.schema.sheet import sheet


@dataclass(frozen=True, slots=True)
class Demand:
    """`demand` is what the programme says, under its `label`; `question` where a person answers, empty: none does."""

    code: str
    label: str
    demand: tuple[str, ...]
    said: Said
    question: str = ""


def demands(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> list[Demand]:
    """Every demand in the programme's order, in the language in use."""
    found = [*_about_time(terms, facts)]
    for part in ("applicants", "values", "purposes"):
        found += _described(terms, facts, more, part, getattr(terms, part))
    found += _about_size(terms, facts)
    found += _about_sums(terms, facts)
    found += _about_form(terms, facts, more)
    found += _about_papers(terms, facts, more)
    return found


# Time


def _about_time(terms: ProgrammeTerms, facts: CaseFacts) -> Iterator[Demand]:
    window = window_for(terms, facts.form_code)
    if facts.closes_on is not None:
        last = text.day(facts.closes_on)
        words = [last if window.closes_time is None else f"{last}, {window.closes_time:%H.%M}"]
        if window.postmark_counts is not None:
            words.append(_("the postmark counts") if window.postmark_counts else _("the postmark does not count"))
        yield Demand("window", _("Last day to apply"), tuple(words), _came(terms, facts))
    if window.within:
        day = hard.last_within(terms, facts)
        words = [text.day(day)] if day else []
        yield Demand("within", _("Last day after the event or the founding"), tuple(words), _within(terms, facts))


def _came(terms: ProgrammeTerms, facts: CaseFacts) -> Said:
    if facts.came_on is None:
        return Said(State.UNKNOWN, _("The day of arrival is not entered."))
    came = _("Came in on %(day)s.") % {"day": text.day(facts.came_on)}
    if facts.late.reason is None:
        return Said(State.MET, came)
    effect = late_effect(terms.late, facts.late)
    then = {
        LateKind.NO_GRANT: _("The programme gives no grant then."),
        LateKind.REDUCED: _("The programme reduces the grant by %(percent)s per cent.")
        % {"percent": text.number(effect.percent)},
        LateKind.NOT_STATED: _("The programme does not say what follows."),
    }
    return Said(State.UNMET, f"{came} {facts.late.reason.text} {then[effect.kind]}")


def _within(terms: ProgrammeTerms, facts: CaseFacts) -> Said:
    if hard.last_within(terms, facts) is None:
        return Said(State.UNKNOWN, _("The day of the event or of the founding is not known."))
    came = {"day": text.day(facts.came_on or facts.today)}
    return _by(hard.within_reason(terms, facts), _("Came in on %(day)s.") % came)


# Applicants, values, purposes: as the programme describes them


def _described(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts, part: str, value: Any) -> Iterator[Demand]:
    for group in sheet(value, (part,)):
        for line in group.lines:
            code = ".".join(line.path[:2] if line.path[1] in TABLES else line.path)
            if code in NO_DEMAND or line.path[1] in TABLES:
                continue
            judge, question = JUDGES.get(code, by_person), QUESTIONS[code]
            words = () if line.exact == (True,) else line.values
            yield Demand(code, line.label, words, judge(terms, facts, more), question)
    if part == "purposes" and terms.purposes.costs_excluded:
        but = _("%(cost)s (except: %(exception)s)")
        names = tuple(
            but % {"cost": one.name, "exception": one.except_for} if one.except_for else str(one.name)
            for one in terms.purposes.costs_excluded
        )
        yield Demand("purposes.costs_excluded", _("Costs not covered"), names, PERSON, "A22")


# Size and sums


def _about_size(terms: ProgrammeTerms, facts: CaseFacts) -> Iterator[Demand]:
    thresholds = thresholds_for(terms, facts.form_code)
    if not thresholds:
        return
    words = [f"{one.name}: {', '.join(_lines(one))}" for one in thresholds]
    reasons = known_size_reasons(terms, facts.members, facts.form_code)
    if facts.members is None:
        said = Said(State.UNKNOWN, _("The number of members is not in the register."))
    else:
        counts = ngettext("%(number)d member in the register.", "%(number)d members in the register.", facts.members)
        fact = counts % {"number": facts.members}
        said = Said(State.PERSON if reasons is None else State.UNMET if reasons else State.MET, fact)
    yield Demand("thresholds", _("Least size, one is enough"), tuple(words), said)


def _about_sums(terms: ProgrammeTerms, facts: CaseFacts) -> Iterator[Demand]:
    amounts = amounts_for(terms, facts.form_code)
    applied = facts.applied
    reasons = {one.code for one in sum_reasons(terms, applied, facts.form_code)} if applied is not None else set()
    fact = _("Applied for: %(sum)s.") % {"sum": text.kronor(applied)} if applied is not None else ""
    ok = State.MET if applied is not None else State.UNKNOWN
    if amounts.cap_kr is not None:
        said = Said(State.UNMET if "over_cap" in reasons else ok, fact)
        yield Demand("amounts.cap_kr", _("At most"), (text.kronor(amounts.cap_kr),), said, "A22")
    if amounts.fixed_kr:
        said = Said(State.UNMET if "not_fixed_sum" in reasons else ok, fact)
        sums = tuple(map(text.kronor, amounts.fixed_kr))
        yield Demand("amounts.fixed_kr", _("Only these sums"), sums, said, "A22")
    if amounts.formula is not None:
        rates = tuple(f"{one.name}: {text.kronor(one.kr)}" for one in amounts.formula.rates)
        base = (text.kronor(amounts.formula.base_kr),) if amounts.formula.base_kr else ()
        yield Demand("amounts.formula", _("Sum by calculation"), (*base, *rates), Said(State.PERSON, fact), "A22")


# The form, the papers, the report


def _about_form(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Iterator[Demand]:
    form = terms.form(facts.form_code)
    if terms.forms_may_overlap is False:
        reason = overlap_reason(terms, facts.form_code, facts.earlier, facts.period)
        known = State.UNKNOWN if None in facts.period else State.MET
        said = Said(State.UNMET, str(reason)) if reason else Said(known, _earlier(facts))
        yield Demand("forms_may_overlap", _("The forms may not overlap"), (), said)
    if form is None:
        return
    if form.purpose is not None:
        yield Demand("form.purpose", _("Purpose of the form"), (str(form.purpose),), PERSON, "A21")
    if form.seat_in_area:
        yield Demand("form.seat_in_area", _("Seat in the area"), (), seat(terms, facts, more), "A21")
    if form.participant_fee is not None:
        yield Demand("form.participant_fee", _("Participant fee"), (str(form.participant_fee.label),), PERSON, "A21")
    if form.split is not None:
        counts = more.members_in_area
        said = Said(State.UNKNOWN, _("The number of members in the area is not in the register."))
        if counts is not None:
            said = Said(State.PERSON, _("Members in the area: %(number)d.") % {"number": counts})
        yield Demand("form.split", _("How the pot is shared"), (str(form.split.label),), said)
    if form.per_year is not None:
        reason = times_reason(terms, facts.form_code, facts.earlier, facts.came_on)
        yield Demand("form.per_year", _("Times a year"), (str(form.per_year),), _by(reason, _earlier(facts)))
    if form.only_after:
        names = tuple(str(other.name) for code in form.only_after if (other := terms.form(code)))
        reason = after_reason(terms, facts.form_code, facts.earlier)
        yield Demand("form.only_after", _("Only for those who had"), names, _by(reason, _earlier(facts)))


def _about_papers(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Iterator[Demand]:
    if terms.attachments:
        lacking = ngettext("%(number)d paper is missing.", "%(number)d papers are missing.", more.papers_missing)
        fact = lacking % {"number": more.papers_missing} if more.papers_missing else _("All are there.")
        said = Said(State.UNMET if more.papers_missing else State.MET, fact)
        yield Demand("attachments", _("Attachments"), (_("as listed above"),), said, "A8")
    rule = terms.previous_report
    if rule is not None:
        came = facts.came_on or facts.today
        reason = report_reason(terms, facts.earlier, closes_on=facts.closes_on, applied_on=came, today=facts.today)
        yield Demand("previous_report", _("Previous report"), tuple(_lines(rule)), _by(reason, _earlier(facts)), "A9")


def _lines(table: Any) -> Iterator[str]:
    """A small table of the rule in words: "Not later than 31 December", "Otherwise no new grant"."""
    for group in sheet(table, listed=True):
        for line in group.visible:
            yield line.label if line.exact == (True,) else f"{line.label} {', '.join(line.values)}"


def _by(reason: Reason | None, fact: str) -> Said:
    return Said(State.UNMET, str(reason)) if reason else Said(State.MET, fact)


def _earlier(facts: CaseFacts) -> str:
    """The association's earlier grants here, as a fact."""
    granted = [one.number for one in facts.earlier if one.granted]
    if not granted:
        return _("No earlier grant in this district.")
    return _("Earlier grants: %(cases)s.") % {"cases": ", ".join(granted[:4]) + (" …" if len(granted) > 4 else "")}
