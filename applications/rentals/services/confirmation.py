"""The confirmation letter: frozen with its hash in the step's own transaction; the PDF is made by the worker."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.cases.services.add_document import ACCESS_CLASS
from applications.decisions.freezing import text_sha256
from applications.decisions.letters.pdf import render_pdf
from applications.decisions.models import Proposal
from applications.decisions.selectors import template_on
from applications.rentals.dates import terms_of
from applications.rentals.letters.compose import ConfirmationFacts, DateLine, compose
from applications.rentals.models import Confirmation, ConfirmationFile, RentalApplication
from applications.rentals.slots.slot import told
from applications.rentals.tenants import tenant_of
from applications.rentals.terms.tariff import read_tariff
from vetting.accounts.actors import system_actor
from vetting.audit.models import Payload
from vetting.audit.services import read_payload, record, store_payload
from vetting.files.services import store_made
from vetting.jobs.services import ask
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotNow
from vetting.kernel.workflow import Move

JOB = "rental.confirmation"
TEMPLATE = "rental-confirmation"
LETTER = "letter"
MAKER = system_actor("rentals.letter")


class NotFrozen(DomainError):
    """The payload no longer gives the recorded hash: no letter is made of such a text."""

    code = "not_frozen"


def confirmation(move: Move) -> None:
    """Effect `rental.confirmation`: the letter's words are frozen, and its PDF is asked for."""
    template = template_on(move.case.district_id, TEMPLATE, move.today)
    if template is None:
        raise NotNow(_("There is no template in force for the confirmation. A lawyer signs one, then it is published."))
    letter = compose(_facts(move, is_example=template.is_example), template.content)
    payload, promise = store_payload({LETTER: letter}, district=move.case.district.code, at=move.at)
    made = Confirmation.objects.create(
        application=move.subject,
        payload_id=payload.pk,
        commitment=promise,
        text_sha256=text_sha256(letter),
        by=move.actor.reference,
        at=move.at,
    )
    move.log["confirmation_sha256"] = made.text_sha256
    ask(
        kind=JOB,
        actor=move.actor.reference,
        district_id=move.case.district_id,
        arguments={"confirmation": str(made.key)},
    )


def _facts(move: Move, *, is_example: bool) -> ConfirmationFacts:
    case = move.subject
    terms, tenant, facts = terms_of(case), tenant_of(case), case.district.letter_facts
    booked = list(case.bookings.filter(state="booked").select_related("room", "tariff").order_by("begins", "id"))
    group = read_tariff(booked[0].tariff.content).group_of_code(booked[0].tariff_group)
    purpose = terms.purpose(case.purpose_code)
    return ConfirmationFacts(
        number=case.number,
        on=move.today,
        board=case.district.board_name,
        name=tenant.name,
        orgnr=tenant.orgnr,
        address=tenant.contact,
        officer=move.actor.name if facts.get("staff_names", True) and not move.actor.is_system else "",
        venue=case.venue.name,
        venue_address=case.venue.address,
        dates=[
            DateLine(room=one.room.name, slot=told(one.begins, one.ends, "sv"), full=one.full_price, price=one.price)
            for one in booked
        ],
        people=max(one.people for one in booked),
        purpose=purpose.label.sv if purpose else case.purpose_code,
        group=group.label.sv,
        rule=group.rule.sv,
        terms_number=case.terms.number,
        points=[(one.point, one.title.sv, one.text.sv) for one in terms.points],
        free_cancel_days=terms.free_cancel_days,
        deposit=terms.deposit,
        key_text=case.venue.key_text,
        contact=(case.venue.contact or str(facts.get("contact", ""))).rstrip(". "),
        conditions=_special_conditions(case),
        is_example=is_example,
    )


def _special_conditions(case: RentalApplication) -> list[str]:
    """What a decision on a deviation has added."""
    decided = Proposal.objects.filter(case=case, matter="main", status="decided").order_by("-id").first()
    return decided.condition_lines if decided else []


def letter_of(made: Confirmation) -> dict[str, Any]:
    """The frozen words."""
    letter: dict[str, Any] = read_payload(Payload.objects.get(pk=made.payload_id))[LETTER]
    return letter


def make_confirmation(arguments: dict[str, Any], progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Job `rental.confirmation`: renders and stores the PDF; the text is held against its hash first. Twice is once."""
    made = Confirmation.objects.select_related("application__district").get(key=arguments["confirmation"])
    if ConfirmationFile.objects.filter(confirmation=made).exists():
        return {"confirmation": str(made.key)}
    letter = letter_of(made)
    if text_sha256(letter) != made.text_sha256:
        raise NotFrozen("frozen text and hash differ")
    progress(0, 2)
    pdf = render_pdf(letter, checksum=made.text_sha256, at=made.at)
    progress(1, 2)
    case = made.application
    with transaction.atomic():
        Confirmation.objects.select_for_update(no_key=True).get(pk=made.pk)  # two workers: one letter
        if ConfirmationFile.objects.filter(confirmation=made).exists():
            return {"confirmation": str(made.key)}
        file = store_made(
            content=pdf,
            name=f"Bokningsbekräftelse {case.number.replace('/', '-')}.pdf",
            content_type="application/pdf",
            district=case.district,
            access_class=ACCESS_CLASS,
            subject=f"case:{case.key}",
            stored_by=MAKER.reference,
        )
        ConfirmationFile.objects.create(confirmation=made, file=file, at=clock.now())
        record(
            actor=MAKER,
            verb="rental.confirmation_made",
            case=case.key,
            district=case.district.code,
            subject=f"confirmation:{made.key}",
            data={"text_sha256": made.text_sha256, "pdf_sha256": file.sha256},
        )
    return {"confirmation": str(made.key), "file": str(file.key)}
