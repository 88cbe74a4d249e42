"""Documents, notes, links, and who handles the case."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.available import next_steps
from applications.cases.forms.papers import AnswerNoteForm, AssignForm, DocumentForm, LinkForm, NoteForm
from applications.cases.models import Note, SecretNote
from applications.cases.pages import CaseFormPage, CasePage
from applications.cases.selectors.papers import documents_of, notes_of
from applications.cases.selectors.requests import completions_of
from applications.cases.services.add_document import Upload, add_document
from applications.cases.services.assign import assign_officer, possible_officers
from applications.cases.services.links import link_cases
from applications.cases.services.notes import read_secrecy_note, write_note
from vetting.accounts.form_page import renew
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound, Stale


class ShowDocumentsView(CasePage):
    """The tab *Handlingar*: documents, requests for completion, notes."""

    template = "cases/documents.html"
    tab = "documents"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        district = self.case.district_id
        return self.page(
            documents=documents_of(self.case),
            notes=notes_of(self.case),
            completions=completions_of(self.case),
            next=next_steps(self.case, self.actor),
            may_add=self.actor.may(Permission.ADD_DOCUMENTS, district),
            may_write=self.actor.may(Permission.WRITE_NOTES, district),
            may_read=self.actor.may(Permission.READ_SECRECY_NOTES, district),
        )


class _PaperPage(CaseFormPage):
    tab = "documents"

    def done_url(self) -> str:
        return reverse("show-documents", args=[self.case.key])


class AddDocumentView(_PaperPage):
    permission = Permission.SEE_CASES
    post_permission = Permission.ADD_DOCUMENTS
    form_class = DocumentForm
    template = "cases/add_document.html"
    title = _("Add a document")
    done = _("The document is added.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        upload = values["file"]
        add_document(
            case=self.case,
            actor=self.actor,
            kind=values["kind"],
            upload=Upload(upload.file, upload.name, upload.size),
            direction=values["direction"],
            title=values["title"],
            dated_on=values["dated_on"],
            arrived_on=values["arrived_on"],
            channel=values["channel"],
        )


class WriteNoteView(_PaperPage):
    post_permission = Permission.WRITE_NOTES
    form_class = NoteForm
    template = "cases/write_note.html"
    title = _("Write an official note")
    done = _("The note is saved.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        write_note(
            case=self.case,
            actor=self.actor,
            text=values["text"],
            section=values["section"],
            key=values["idempotency_key"],
        )


class AnswerNoteView(_PaperPage):
    """The answer to an instruction: the board's at a referral back, a court's ground."""

    post_permission = Permission.WRITE_NOTES
    form_class = AnswerNoteForm
    template = "cases/answer_note.html"
    title = _("Answer the instruction")
    done = _("The answer is saved.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        found = Note.objects.filter(case_id=self.case.pk, key=kwargs["note"], must_answer=True).first()
        if found is None:
            raise NotFound(_("There is no such instruction in this case."))
        self.note: Note = found

    def context(self) -> dict[str, Any]:
        instruction = next(view for view in notes_of(self.case) if view.note == self.note)
        return super().context() | {"instruction": instruction}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        write_note(
            case=self.case,
            actor=self.actor,
            text=values["text"],
            answers=self.note,
            key=values["idempotency_key"],
        )


class ReadNoteView(CasePage):
    """A note under secrecy. Opening the page is an event in the case's log."""

    template = "cases/read_note.html"
    tab = "documents"
    title = _("Note marked with secrecy")
    permission = Permission.READ_SECRECY_NOTES

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        rows = SecretNote.objects.select_related("author", "case__district")
        found = rows.filter(case_id=self.case.pk, key=kwargs["note"]).first()
        if found is None:
            raise NotFound(_("There is no such note in this case."))
        self.note: SecretNote = found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(note=self.note, text=read_secrecy_note(note=self.note, actor=self.actor))


class LinkCaseView(CaseFormPage):
    post_permission = Permission.WRITE_NOTES
    form_class = LinkForm
    title = _("Link another case")
    lead = _("Cases that belong together are shown beside each other. Only cases of the same district can be linked.")
    done = _("The cases are linked.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        link_cases(
            case=self.case,
            number=values["number"],
            why=values["why"],
            actor=self.actor,
            key=values["idempotency_key"],
        )


class AssignOfficerView(CaseFormPage):
    permission = Permission.ASSIGN_CASES
    form_class = AssignForm
    title = _("Give the case to an officer")
    done = _("The case is assigned.")

    def form(self, data: Any = None, files: Any = None) -> AssignForm:
        initial = {"seen_officer": self.case.officer_id}
        return AssignForm(data, initial=initial, officers=possible_officers(self.case))

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        """Shows who has the case now; what was chosen stays, and the next submit is over that."""
        self.problem(form, error)
        self.reload()
        renew(form, self.case.version)
        form.data["seen_officer"] = str(self.case.officer_id or "")
        return self.show(form, status=error.status)

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        assign_officer(
            case=self.case,
            officer=values["officer"],
            actor=self.actor,
            back_on=values["back_on"],
            seen_officer_id=values["seen_officer"],
            key=values["idempotency_key"],
        )
