"""The letter's PDF, made by the worker from the frozen text (job `decision.letter`). Twice asked is once made."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from applications.cases.services.add_document import ACCESS_CLASS
from applications.decisions.freezing import LETTER, frozen, is_intact
from applications.decisions.letters.pdf import render_pdf
from applications.decisions.models import Decision, DecisionLetter, DecisionTrack
from vetting.accounts.actors import system_actor
from vetting.audit.services import record
from vetting.files.services import store_made
from vetting.kernel import clock
from vetting.kernel.errors import DomainError

MAKER = system_actor("decisions.letter")


class NotFrozen(DomainError):
    """The payload no longer gives the recorded hash: no letter is made of such a text."""

    code = "not_frozen"


def make_letter(arguments: dict[str, Any], progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Renders, stores and registers the PDF; the frozen text is checked against its hash first."""
    decision = Decision.objects.select_related("case", "district").get(key=arguments["decision"])
    if DecisionLetter.objects.filter(decision=decision).exists():
        return {"decision": str(decision.key)}
    if not is_intact(decision):
        raise NotFrozen("frozen text and hash differ")
    document = frozen(decision)[LETTER]
    progress(0, 2)
    pdf = render_pdf(document, checksum=decision.text_sha256, at=decision.at)
    progress(1, 2)
    with transaction.atomic():
        DecisionTrack.objects.select_for_update(no_key=True).get(decision=decision)  # two workers: one letter
        if DecisionLetter.objects.filter(decision=decision).exists():
            return {"decision": str(decision.key)}
        file = store_made(
            content=pdf,
            name=f"Beslut {decision.case.number.replace('/', '-')}.pdf",
            content_type="application/pdf",
            district=decision.district,
            access_class=ACCESS_CLASS,
            subject=f"case:{decision.case.key}",
            stored_by=MAKER.reference,
        )
        DecisionLetter.objects.create(decision=decision, text_sha256=decision.text_sha256, file=file, at=clock.now())
        record(
            actor=MAKER,
            verb="decision.letter_made",
            case=decision.case.key,
            district=decision.district.code,
            subject=f"decision:{decision.key}",
            data={"text_sha256": decision.text_sha256, "pdf_sha256": file.sha256},
        )
    return {"decision": str(decision.key), "file": str(file.key), "name": file.name}
