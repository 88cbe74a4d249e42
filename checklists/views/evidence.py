"""Pages of an evidence card: a new one on a question, and what is noted on it later."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from checklists.forms.evidence import EvidenceForm, NoteForm
from checklists.models import Evidence, NoteKind
from checklists.services.add_evidence import Upload, add_evidence
from checklists.services.note_evidence import Note, note_evidence
from checklists.views.base import MISSING, HostedForm, QuestionForm
from checklists.views.cards import card_context
from vetting.accounts.form_page import key_of
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound


class AddEvidenceView(QuestionForm):
    """A new card on a question."""

    permission = Permission.ANSWER_CHECKLIST
    title = _("Add evidence")
    done = _("The evidence is saved.")

    def form(self, data: Any = None, files: Any = None) -> EvidenceForm:
        return EvidenceForm(data, files)

    def submit(self, form: Any) -> None:
        sent = form.cleaned_data["file"]
        add_evidence(
            review=self.about.review,
            question=self.about.code,
            card=form.card(),
            actor=self.actor,
            upload=Upload(sent.file, sent.name, sent.size) if sent else None,
            key=key_of(form),
            case=self.host.case,
        )


class NoteEvidenceView(HostedForm):
    """What came later on a card: sent, answered, something that speaks the other way, or withdrawn."""

    permission = Permission.ANSWER_CHECKLIST
    title = _("Note on the evidence")
    done = _("The note is saved.")

    def load_more(self, evidence: uuid.UUID, **kwargs: Any) -> None:
        found = [(line, card) for line in self.sheet.lines for card in line.evidence if card.key == evidence]
        if not found:
            raise NotFound(MISSING)
        self.about = found[0][0]
        self.card: Evidence = found[0][1]

    def form(self, data: Any = None, files: Any = None) -> NoteForm:
        return NoteForm(data)

    def submit(self, form: Any) -> None:
        said = form.cleaned_data
        kind = NoteKind(said["kind"])
        note = Note(
            kind=kind,
            text=said["text"],
            on=said["on"],
            answer_by=said["answer_by"] if kind == NoteKind.SENT else None,
            confirms=said["confirms"] if kind == NoteKind.REPLY else None,
            found=said["found"] if kind == NoteKind.COUNTER else None,
        )
        note_evidence(evidence=self.card, note=note, actor=self.actor, case=self.host.case)

    def context(self) -> dict[str, Any]:
        return super().context() | {"card": card_context(self.card)}
