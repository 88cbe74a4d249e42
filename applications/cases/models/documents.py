"""Documents of a case: what came in, what was made, what went out (docs/domain.md §1.5, §4.3)."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.cases.models.case import Case, Channel
from vetting.files.models import StoredFile
from vetting.kernel.fields import MomentField
from vetting.kernel.labels import Label


class DocumentKind(models.TextChoices):
    """The kinds of documents a case holds: the register's attachment set (docs/domain.md §1.5) and what a case adds."""

    APPLICATION = "application", "application"
    STATUTES = "statutes", "statutes"
    ANNUAL_MINUTES = "annual_minutes", "annual_minutes"
    ACTIVITY_REPORT = "activity_report", "activity_report"
    ANNUAL_ACCOUNTS = "annual_accounts", "annual_accounts"
    AUDIT_REPORT = "audit_report", "audit_report"
    BUDGET = "budget", "budget"
    ACTIVITY_PLAN = "activity_plan", "activity_plan"
    REGISTRATION = "registration", "registration"
    SIGNATORY_DECISION = "signatory_decision", "signatory_decision"
    IDENTITY_CHECK = "identity_check", "identity_check"
    GIRO_PROOF = "giro_proof", "giro_proof"
    MEMBER_COUNTS = "member_counts", "member_counts"
    DECLARATION = "declaration", "declaration"
    LEASE = "lease", "lease"
    PROGRAMME = "programme", "programme"
    COMPLETION = "completion", "completion"
    REPLY = "reply", "reply"
    REPORT = "report", "report"
    WITHDRAWAL = "withdrawal", "withdrawal"
    LETTER = "letter", "letter"
    OTHER = "other", "other"


DOCUMENT_LABELS: dict[str, Label] = {
    DocumentKind.APPLICATION: Label("Ansökan", "Application"),
    DocumentKind.STATUTES: Label("Stadgar", "Statutes"),
    DocumentKind.ANNUAL_MINUTES: Label("Justerat årsmötesprotokoll", "Approved annual meeting minutes"),
    DocumentKind.ACTIVITY_REPORT: Label("Verksamhetsberättelse", "Annual activity report"),
    DocumentKind.ANNUAL_ACCOUNTS: Label("Ekonomisk berättelse eller årsbokslut", "Financial report or annual accounts"),
    DocumentKind.AUDIT_REPORT: Label("Revisionsberättelse", "Auditor's report"),
    DocumentKind.BUDGET: Label("Budget", "Budget"),
    DocumentKind.ACTIVITY_PLAN: Label("Verksamhetsplan", "Activity plan"),
    DocumentKind.REGISTRATION: Label("Registreringsbevis", "Proof of registration"),
    DocumentKind.SIGNATORY_DECISION: Label("Beslut om firmatecknare", "Decision on signatories"),
    DocumentKind.IDENTITY_CHECK: Label("Kontroll av firmatecknares identitet", "Identity check of a signatory"),
    DocumentKind.GIRO_PROOF: Label("Bevis om bankgiro eller plusgiro", "Proof of giro account"),
    DocumentKind.MEMBER_COUNTS: Label("Medlemsuppgift (antal)", "Member counts"),
    DocumentKind.DECLARATION: Label("Försäkran", "Declaration"),
    DocumentKind.LEASE: Label("Hyreskontrakt", "Lease"),
    DocumentKind.PROGRAMME: Label("Program eller affisch", "Programme or poster"),
    DocumentKind.COMPLETION: Label("Komplettering", "Completion"),
    DocumentKind.REPLY: Label("Svar", "Reply"),
    DocumentKind.REPORT: Label("Redovisning av bidraget", "Report on the grant"),
    DocumentKind.WITHDRAWAL: Label("Återkallelse", "Withdrawal"),
    DocumentKind.LETTER: Label("Brev", "Letter"),
    DocumentKind.OTHER: Label("Annan handling", "Other document"),
}


class Direction(models.TextChoices):
    IN = "in", "in"
    OUT = "out", "out"
    MADE = "made", "made"


DIRECTION_LABELS: dict[str, Label] = {
    Direction.IN: Label("Inkommen", "Received"),
    Direction.OUT: Label("Utgående", "Sent"),
    Direction.MADE: Label("Upprättad", "Drawn up"),
}


class CaseDocument(models.Model):
    """One document of a case. Rows are only added; a better copy is a new document."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=24, choices=DocumentKind.choices)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    title = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField(null=True)  # the date on the document itself
    arrived_on = models.DateField(null=True)  # inkommen_dag
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    added_by = models.CharField(max_length=80)
    added_at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="cases_document_arrival", condition=~Q(direction="in") | Q(arrived_on__isnull=False)
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "id"], name="cases_document_case")]

    def __str__(self) -> str:
        return self.title or str(DOCUMENT_LABELS[self.kind])

    @property
    def label(self) -> str:
        return str(DOCUMENT_LABELS[self.kind])
