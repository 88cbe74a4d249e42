"""Answering one question, and confirming several suggestions."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.labels import LOOKED_AT, VALUES
from checklists.rules.answers import owes_looked_at, owes_own_words
from checklists.rules.definition import LookedAt, Question, Value
from checklists.selectors.sheets import Line
from vetting.kernel.forms import Form, TextField


class AnswerRadios(forms.RadioSelect):
    """The four answers. Each says what it asks for, so that the page can show just that (and without script: all)."""

    def __init__(self, question: Question, prefilled: Value | None) -> None:
        super().__init__()
        self.question, self.prefilled = question, prefilled

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        answer = Value(str(value))
        asks = {
            "words": owes_own_words(self.question, answer, self.prefilled),
            "looked": owes_looked_at(self.question, answer),
            "named": answer == self.question.adverse or (answer == Value.UNCLEAR and _has_loose(self.question)),
            "adverse": answer == self.question.adverse,
        }
        option["attrs"]["data-asks"] = " ".join(what for what, holds in asks.items() if holds)
        return option


def _has_loose(question: Question) -> bool:
    """Whether some circumstance may stand beside any answer."""
    return any(one.any_answer for one in question.circumstances)


class Circumstances(forms.CheckboxSelectMultiple):
    """Those that fit the adverse answer alone say so, so that the page can leave them out below another."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.bound_to_adverse = {one.code for one in question.circumstances if not one.any_answer}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.bound_to_adverse:
            option["attrs"]["data-with"] = "adverse"
        return option


class AnswerForm(Form):
    """One question's form: its own button, its own key, and the answer it was made from (`supersedes`)."""

    answer = forms.ChoiceField(label=_("Answer"), choices=[(value.value, VALUES[value]) for value in Value])
    circumstances = forms.MultipleChoiceField(
        label=_("What does it concern?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    looked_at = forms.MultipleChoiceField(
        label=_("What did you look at?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own_words = TextField(
        label=_("Reason in your own words"),
        help_text=_("What was done, by whom in which role, when? Write nothing about anyone's views or faith."),
        required=False,
        rows=3,
    )
    supersedes = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, line: Line, *args: Any, **kwargs: Any) -> None:
        question = line.question
        super().__init__(*args, auto_id=f"{question.code}-%s", **kwargs)
        prefilled = Value(line.prefill.value) if line.prefill else None
        self.fields["answer"].widget = AnswerRadios(question, prefilled)
        self.fields["answer"].widget.choices = self.fields["answer"].choices  # type: ignore[attr-defined]
        self.fields["own_words"].widget.attrs["placeholder"] = " "  # tells the style sheet whether something is written
        self.fields["own_words"].owed = True  # type: ignore[attr-defined]
        self.fields["circumstances"].widget = Circumstances(question)
        self.has_loose_circumstances = _has_loose(question)
        self._offer("circumstances", [(one.code, str(one.text)) for one in question.circumstances])
        self._offer("looked_at", _looked_at_choices(line.least_looked_at) if question.no_concrete else [])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The choices this question has; without any the field is not there."""
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].owed = True  # type: ignore[attr-defined]
        else:
            del self.fields[name]


def starting_from(line: Line) -> dict[str, Any]:
    """What the form shows first: the answer that stands, else the suggestion."""
    initial: dict[str, Any] = {"idempotency_key": uuid.uuid4()}
    if line.current is not None and line.current.row.pk:
        row = line.current.row
        shown = {"answer": row.value, "circumstances": row.circumstances, "looked_at": row.looked_at}
        return initial | shown | {"own_words": line.current.words, "supersedes": row.key}
    if line.prefill is not None:
        return initial | {"answer": line.prefill.value, "circumstances": line.prefill.circumstances}
    return initial


def _looked_at_choices(least: frozenset[LookedAt]) -> list[tuple[str, str]]:
    """What can be looked at; what must be is marked in words."""
    marked = _("%(what)s (must be looked at)")
    return [
        (one.value, str(marked) % {"what": words} if one in least else str(words)) for one, words in LOOKED_AT.items()
    ]


class ConfirmForm(Form):
    """The suggestions one has read, each listed on the page; the list is posted with the keys that were shown."""

    looked_at = forms.MultipleChoiceField(
        label=_("What did you look at?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    submit_label = _("Confirm these answers as mine")

    def __init__(self, lines: Sequence[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = [line for line in lines if line.prefill and owes_looked_at(line.question, Value(line.prefill.value))]
        if asks:
            least = frozenset().union(*(line.least_looked_at for line in asks))
            self.fields["looked_at"].choices = _looked_at_choices(least)  # type: ignore[attr-defined]
            self.fields["looked_at"].help_text = _("Holds for: %(questions)s.") % {
                "questions": ", ".join(line.code for line in asks)
            }
        else:
            del self.fields["looked_at"]
