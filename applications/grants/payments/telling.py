"""How a payment, its conditions and its people are told on pages."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from applications.grants.payments.picture import Picture
from vetting.kernel.giro import GiroKind
from vetting.kernel.text import day, kronor, moment

Line = tuple[Any, Any]
WAITING = ("planned", "certified", "failed", "held")  # neither gone nor cancelled


def giro_text(account: Any, district_id: int) -> str:
    """`Bankgiro 123-4567`, masked for the district that did not confirm it (docs/domain.md §4.4)."""
    shown = account.shown if account.visible_in({district_id}) else account.shown_masked
    return f"{GiroKind(account.kind).label} {shown}"


def payee(case: Any, account: Any) -> str:
    """Whom the money goes to: name, organisation number, giro."""
    name = _("%(name)s, org. no. %(orgnr)s") % {"name": case.association.name, "orgnr": case.association.orgnr_shown}
    return f"{name}, {giro_text(account, case.district_id)}" if account else name


def giro_of(row: Any, picture: Picture) -> Any:
    """The giro that was certified; before that the only one in use, when there is one only."""
    return row.giro or (picture.giros[0] if len(picture.giros) == 1 else None)


def facts_of(row: Any, case: Any, picture: Picture) -> list[Line]:
    """What has happened to a payment, in the order it happens."""
    lines: list[Line] = []
    if row.payable_from:
        lines.append((_("Paid from"), day(row.payable_from)))
    for condition in row.conditions.all():
        met = _("met %(day)s") % {"day": day(condition.met_on)} if condition.met_on else _("not met yet")
        lines.append((_("Condition"), f"{condition.get_code_display()}: {met}"))
    giro = giro_of(row, picture)
    if giro is not None:
        lines.append((_("To"), giro_text(giro, case.district_id)))
    if row.certified_by_id:
        lines.append((_("Certified"), _who(row.certified_by, row.certified_at)))
    if row.released_by_id:
        lines.append((_("Released"), _who(row.released_by, row.released_at)))
    if row.paid_on:
        said = {"day": day(row.paid_on), "reference": row.reference, "name": row.confirmed_by.name}
        lines.append((_("Paid"), _("%(day)s, reference %(reference)s; registered by %(name)s") % said))
    return lines


def _who(person: Any, at: Any) -> str:
    return f"{person.name}, {moment(at)}"


def sums_of(picture: Picture) -> list[Line]:
    """The sums of the grant in kr: what is granted, paid, on its way, left; what came back where something did."""
    if picture.sums is None:
        return []
    sums, out = picture.sums, picture.total("released")
    left = sum((row.amount for row in picture.rows if row.state in WAITING and picture.carries(row)), Decimal(0))
    lines: list[Line] = [
        (_("Granted"), kronor(sums.granted)),
        (_("Paid"), kronor(sums.paid)),
        (_("On its way"), kronor(out)),
        (_("Left to pay"), kronor(left)),
    ]
    back = ((_("Repaid voluntarily"), sums.repaid), (_("Reclaimed"), sums.reclaimed), (_("Waived"), sums.waived))
    return [*lines, *((label, kronor(amount)) for label, amount in back if amount)]


def over_decided(picture: Picture) -> str:
    """What to say when more is paid or on its way than the decision in force grants; empty when all is well."""
    in_force = picture.track is not None and picture.track.in_force
    decided = (picture.track.decision.amount or 0) if picture.track is not None and in_force else 0
    gone = picture.total("released", "paid")
    if gone <= decided:
        return ""
    said = {"gone": kronor(gone), "decided": kronor(decided)}
    return (
        _(
            "%(gone)s is paid or on its way, and the decision now grants %(decided)s. "
            "What is paid is put right as far as possible (KL 13:15)."
        )
        % said
    )
