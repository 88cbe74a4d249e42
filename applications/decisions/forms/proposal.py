"""The proposal's form: four parts, and what each reason class asks for. A draft may lack anything."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import (
    RUNG_OF,
    Differs,
    FactSource,
    FormalGround,
    Outcome,
    Path,
    ReasonClass,
    Rung,
    SpecialReasons,
)
from applications.decisions.letters.compose import place_of
from applications.decisions.models import Proposal
from applications.decisions.subjects import Described
from vetting.kernel.forms import DateField, MoneyField, TextField, VersionedForm
from vetting.kernel.text import kronor, tongue

YES_NO = (("yes", _("Yes")), ("no", _("No")))
WRITTEN_RUNGS = (Rung.CONDITION, Rung.DIALOGUE, Rung.PART, Rung.PAUSE)
OUTCOMES = (Outcome.FULL, Outcome.PART, Outcome.REFUSED, Outcome.DISMISSED)
_AS_THEY_ARE = (
    "outcome",
    "reason_class",
    "amount",
    "facts",
    "facts_from",
    "assessment",
    "priority_note",
    "formal_ground",
    "formal_last_day",
    "formal_came_on",
    "formal_helped_on",
    "principle_reason",
    "special_reasons",
    "special_reasons_text",
    "differs",
    "differs_reason",
    "conditions",
    "last_report_on",
    "repayment_clause",
    "interest_clause",
    "path",
    "urgent_reason",
)


def _choices(values: Sequence[Any], empty: Any = "") -> list[tuple[str, Any]]:
    first = [("", empty or _("Choose"))]
    return [*first, *((value.value, value.label) for value in values)]


class ProposalForm(VersionedForm):
    """`about` is the case as its room describes it; `laws` what can be cited beside the programme's own rules."""

    submit_label = _("Save the draft")

    outcome = forms.ChoiceField(label=_("Outcome"), choices=_choices(OUTCOMES), required=False)
    amount = MoneyField(label=_("Sum, kr"), required=False, most=Decimal("9999999999"))
    reason_class = forms.ChoiceField(
        label=_("The decision rests on"),
        help_text=_("Conduct asks for a hearing and the ladder; a rule for its version and section."),
        choices=_choices(list(ReasonClass)),
        required=False,
    )
    facts = TextField(label=_("Facts"), required=False, rows=5)
    facts_from = forms.ChoiceField(label=_("The facts come from"), choices=_choices(list(FactSource)), required=False)
    criteria = forms.MultipleChoiceField(
        label=_("Rests on these questions of the review"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    citations = forms.MultipleChoiceField(
        label=_("Rules that the decision rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    assessment = TextField(label=_("Assessment"), required=False, rows=5)
    rung_condition = TextField(label=_("Why a condition is not enough"), required=False, rows=2, max_length=600)
    rung_dialogue = TextField(label=_("Why dialogue is not enough"), required=False, rows=2, max_length=600)
    rung_part = TextField(label=_("Why a part of the sum is not enough"), required=False, rows=2, max_length=600)
    rung_pause = TextField(label=_("Why a pause is not enough"), required=False, rows=2, max_length=600)
    priority_note = TextField(
        label=_("Priority note"),
        help_text=_("The pot, what it went to first, and why in that order."),
        required=False,
        rows=3,
    )
    formal_ground = forms.ChoiceField(
        label=_("Formal ground"), choices=_choices([FormalGround.LATE, FormalGround.INCOMPLETE]), required=False
    )
    formal_last_day = DateField(label=_("Last day"), required=False)
    formal_came_on = DateField(label=_("Came in"), required=False)
    formal_helped_on = DateField(label=_("Completion asked for"), required=False)
    special_reasons = forms.ChoiceField(
        label=_("Special reasons"), choices=_choices(list(SpecialReasons), _("Not looked for")), required=False
    )
    special_reasons_text = TextField(
        label=_("What was found or not found"),
        help_text=_("Distance taken, adequate measures, a single act, long ago."),
        required=False,
        rows=2,
    )
    differs = forms.ChoiceField(
        label=_("Does your proposal differ from these?"), choices=_choices(list(Differs)), required=False
    )
    differs_reason = forms.CharField(label=_("What is different in this case"), required=False, max_length=500)
    conditions = TextField(
        label=_("Further conditions"),
        help_text=_("One a line. They are printed in the letter."),
        required=False,
        rows=3,
    )
    last_report_on = DateField(label=_("Last day for the report"), required=False)
    repayment_clause = forms.BooleanField(label=_("The grant can be claimed back"), required=False)
    interest_clause = forms.BooleanField(label=_("With interest"), required=False)
    principle = forms.ChoiceField(
        label=_("Is the case one of principle?"),
        help_text=_("Yes closes every delegation: the board decides (KL 6:38)."),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    principle_reason = forms.CharField(label=_("Why, or why not"), required=False, max_length=500)
    path = forms.ChoiceField(label=_("Who is to decide"), choices=Path.choices, required=False, initial=Path.DELEGATE)
    urgent_reason = TextField(
        label=_("Why the board's next meeting cannot be awaited"), required=False, rows=2, max_length=1000
    )

    def __init__(
        self, *args: Any, about: Described, proposal: Proposal | None, laws: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        self.about, self.proposal = about, proposal
        self.rules = offered(about, laws, proposal)
        kwargs["initial"] = _initial(about, proposal, self.rules) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["citations"].choices = [(rule["id"], _told(rule)) for rule in self.rules]  # type: ignore[attr-defined]
        codes = sorted(about.adverse | set(proposal.criteria if proposal else ()), key=_code_order)
        self.fields["criteria"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        if about.requested is not None:
            self.fields["amount"].help_text = _("Applied for: %(sum)s.") % {"sum": kronor(about.requested)}
        if about.costs:
            self.fields["amount"].help_text = _("Follows from the costs when they are filled in.")
        self.line_names = []
        for index, cost in enumerate(about.costs):
            field = MoneyField(label=cost.cost, required=False, most=cost.applied, initial=self._granted(index))
            field.help_text = _("Applied for: %(sum)s.") % {"sum": kronor(cost.applied)}
            field.widget.attrs["class"] = "form-control v-input-short v-num"
            self.fields[f"line_{index}"] = field
            self.line_names.append(f"line_{index}")
        for each in self.fields.values():
            each.owed = True  # type: ignore[attr-defined]  # a draft may lack it; the rules say what is owed

    def _granted(self, index: int) -> Decimal | None:
        lines = self.proposal.lines if self.proposal else []
        given = lines[index].get("granted") if index < len(lines) else None
        return Decimal(given) if given else None

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[name] for name in self.line_names]

    def values(self) -> dict[str, Any]:
        """What `save_proposal` takes; what cannot be read counts as empty (the form's errors say so).

        Of a full grant the sum and the lines follow from what was applied for.
        """
        said = {name: self.cleaned_data.get(name, _empty(field)) for name, field in self.fields.items()}
        values = {name: said[name] for name in _AS_THEY_ARE}
        values["path"] = said["path"] or Path.DELEGATE
        values["principle"] = {"yes": True, "no": False}.get(said["principle"])
        values["criteria"] = sorted(said["criteria"], key=_code_order)
        chosen = set(said["citations"])
        values["citations"] = [rule for rule in self.rules if rule["id"] in chosen]
        values["rungs"] = [
            {"rung": rung.value, "reason": said[f"rung_{rung.value}"].strip()}
            for rung in WRITTEN_RUNGS
            if said[f"rung_{rung.value}"].strip()
        ]
        values["amount"], values["lines"] = self._sums(said)
        return values

    def _sums(self, said: Mapping[str, Any]) -> tuple[Decimal | None, list[dict[str, str]]]:
        outcome, costs = said["outcome"], self.about.costs
        if outcome == Outcome.FULL:
            lines = [_line(cost.cost, cost.applied, cost.applied) for cost in costs]
            return self.about.requested if self.about.requested is not None else said["amount"], lines
        if outcome != Outcome.PART:
            return None, []
        granted = [said[name] for name in self.line_names]
        if not any(value is not None for value in granted):
            return said["amount"], []
        lines = [
            _line(cost.cost, cost.applied, value or Decimal(0)) for cost, value in zip(costs, granted, strict=True)
        ]
        return sum((value or Decimal(0) for value in granted), Decimal(0)), lines

    def rungs(self) -> list[dict[str, Any]]:
        """The ladder as it is drawn: each milder step with its field, the chosen one, the rest idle."""
        outcome = self["outcome"].value() or ""
        goal = RUNG_OF.get(Outcome(outcome)) if outcome in Outcome.values else None
        order = list(Rung)
        drawn = []
        for rung in order:
            milder = goal is None or order.index(rung) < order.index(goal)
            name = f"rung_{rung.value}"
            written = name in self.fields and str(self[name].value() or "").strip()
            status = "chosen" if rung == goal else "insufficient" if milder and written else "idle"
            if milder and not written and goal is not None:
                status = "here"
            shown = [self[name]] if name in self.fields and rung != goal and milder else []
            drawn.append({"label": rung.label, "status": status, "fields": shown})
        return drawn


def _empty(field: forms.Field) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return []
    if isinstance(field, forms.BooleanField):
        return False
    return None if isinstance(field, forms.DecimalField | forms.DateField | forms.IntegerField) else ""


def _line(cost: str, applied: Decimal, granted: Decimal) -> dict[str, str]:
    return {"cost": cost, "applied": str(applied), "granted": str(granted)}


def offered(about: Described, laws: Sequence[Mapping[str, Any]], proposal: Proposal | None) -> list[dict[str, str]]:
    """What can be cited: the programme's rules first, then law that holds in the case's frame, then what was chosen."""
    rules: dict[str, dict[str, str]] = {
        rule.id: rule.as_data() for rule in about.citations if about.frame in rule.frames
    }
    for law in laws:
        if about.frame in law.get("frames", ()) and not law.get("only"):
            keys = ("id", "ground", "section", "version", "sv", "en")
            rules.setdefault(law["id"], {key: str(law.get(key, "")) for key in keys})
    for chosen in proposal.citations if proposal else ():
        rules.setdefault(chosen["id"], dict(chosen))
    return list(rules.values())


def _told(rule: Mapping[str, str]) -> str:
    place = place_of(rule)
    return f"{rule[tongue()]} ({place})" if place else rule[tongue()]


def _code_order(code: str) -> tuple[str, int, str]:
    digits = "".join(filter(str.isdigit, code))
    return code[:1], int(digits or 0), code


def _initial(about: Described, proposal: Proposal | None, rules: list[dict[str, str]]) -> dict[str, Any]:
    if proposal is None:
        first = {
            "version": 0,
            "facts": about.facts,
            "last_report_on": about.report_on,
            "repayment_clause": True,
            "interest_clause": True,
            "path": Path.DELEGATE,
        }
        if about.late:
            first |= {"formal_last_day": about.late[0], "formal_came_on": about.late[1]}
        return first
    initial: dict[str, Any] = {name: getattr(proposal, name) for name in _AS_THEY_ARE}
    initial |= {"version": proposal.version, "criteria": proposal.criteria}
    initial["citations"] = [chosen["id"] for chosen in proposal.citations]
    initial["principle"] = {True: "yes", False: "no"}.get(proposal.principle, "")  # type: ignore[arg-type]
    for rung in proposal.rungs:
        initial[f"rung_{rung['rung']}"] = rung["reason"]
    return initial
