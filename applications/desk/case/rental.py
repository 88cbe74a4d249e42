"""The tab Ansökan of a rental case: who asks, for what, when, and how it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.cases.models import CHANNEL_LABELS
from applications.rentals.dates import terms_of, wishes_of
from applications.rentals.models import CIRCUMSTANCES, OPENNESS_LABELS, PERMIT_LABELS
from applications.rentals.slots.slot import told
from applications.rentals.tenants import tenant_of
from applications.rentals.workflow.states import BEFORE_CONFIRMED
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import text

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RentalPart:
    """What the tab shows, ready to print."""

    tenant: Sequence[Row]
    event: Sequence[Row]
    dates: Sequence[str]
    arrival: Sequence[Row]
    may_edit: bool


def rental_part(case: Any, actor: Actor) -> RentalPart:
    """The request of a case loaded by `cases.selectors.page_case`."""
    return RentalPart(
        tenant=_tenant(case),
        event=_event(case),
        dates=[_date(wish) for wish in wishes_of(case)],
        arrival=_arrival(case),
        may_edit=case.state in BEFORE_CONFIRMED and actor.may(Permission.REGISTER_RENTAL, case.district_id),
    )


def _date(wish: Any) -> str:
    people = _("%(people)s people") % {"people": wish.people}
    return f"{wish.room.name}, {told(wish.begins, wish.ends)}, {people}"


def _tenant(case: Any) -> list[Row]:
    tenant = tenant_of(case)
    rows: list[Row] = [(_("Name"), tenant.name)]
    if case.association_id:
        rows.append((_("Organisation number"), case.association.orgnr_shown, _("from the register")))
        if case.association.legal_form:
            rows.append((_("Legal form"), case.association.get_legal_form_display(), _("from the register")))
    if case.contact_name:
        rows.append((_("Responsible on the spot"), case.contact_name))
    contact = ", ".join(one for one in tenant.contact if one != case.contact_name)
    if contact:
        rows.append((_("Contact"), contact))
    return rows


def _event(case: Any) -> list[Row]:
    purpose = terms_of(case).purpose(case.purpose_code)
    rows: list[Row] = [
        (_("Purpose, as the venue is published for"), purpose.label if purpose else case.purpose_code),
        (_("Who may come"), OPENNESS_LABELS[case.openness]),
    ]
    if case.circumstances:
        rows.append((_("Circumstances"), ", ".join(str(CIRCUMSTANCES[code]) for code in case.circumstances)))
    if case.sub_organiser:
        rows.append((_("Organises a part of it"), case.sub_organiser))
    rows.append((_("Permits and notifications, as the tenant says"), PERMIT_LABELS[case.permits]))
    if case.unclear:
        rows.append((_("Noted"), _("What is to happen is not clear from what was said.")))
    return rows


def _arrival(case: Any) -> list[Row]:
    rows: list[Row] = []
    if case.received_date:
        rows.append((_("Arrived"), text.day(case.received_date)))
    if case.channel:
        rows.append((_("How"), CHANNEL_LABELS[case.channel]))
    rows.append((_("Terms"), _("version %(number)s") % {"number": case.terms.number}))
    accepted = _("not yet")
    if case.terms_accepted_on:
        accepted = f"{text.day(case.terms_accepted_on)}, {case.terms_accepted_by}"
    rows.append((_("Accepted"), accepted))
    if case.fee_settled_on:
        rows.append((_("Fee or deposit settled on"), text.day(case.fee_settled_on)))
    if case.consent_on:
        said = f"{case.consent_from}, {text.day(case.consent_on)}: {case.consent_scope}"
        rows.append((_("Consent to let the venue"), said))
    return rows
