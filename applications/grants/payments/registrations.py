"""What the payments fill in the registries of the rooms below."""

from django.utils.translation import gettext_lazy as _

from applications.grants.models import Payment
from applications.grants.models.payment import CARRIES
from applications.grants.payments import effects, panels
from applications.grants.payments.invariants import INVARIANTS
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.kernel import workflow as kernel
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, Shape

OWNER = "applications.grants"

SENTENCES: dict[str, tuple[str, str, Shape]] = {
    "payment.create": ("En utbetalning planerades.", "A payment was planned.", Shape.NEW),
    "payment.certify": ("{actor} attesterade en utbetalning.", "{actor} certified a payment.", Shape.WORK),
    "payment.release": ("{actor} skickade en utbetalning för betalning.", "{actor} released a payment.", Shape.WAIT),
    "payment.confirm_paid": ("{actor} registrerade att bidraget är betalt.", "{actor} registered it paid.", Shape.DONE),
    "payment.fail": (
        "En utbetalning misslyckades. Registrerat av {actor}.",
        "A payment failed ({actor}).",
        Shape.LATE,
    ),
    "payment.plan_again": ("{actor} planerade utbetalningen på nytt.", "{actor} planned the payment again.", Shape.NEW),
    "payment.hold": ("En utbetalning hålls inne. Registrerat av {actor}.", "A payment is held ({actor}).", Shape.STOP),
    "payment.resume": ("{actor} släppte en innehållen utbetalning.", "{actor} let a held payment go.", Shape.WORK),
    "payment.cancel": ("{actor} ställde in en utbetalning.", "{actor} cancelled a payment.", Shape.CLOSED),
    "payment.condition_met": (
        "{actor} registrerade att ett villkor för utbetalningen är uppfyllt.",
        "{actor} registered that a condition of the payment is met.",
        Shape.DONE,
    ),
    "payment.repaid": (
        "Föreningen betalade tillbaka frivilligt. Registrerat av {actor}.",
        "The association repaid of its own accord ({actor}).",
        Shape.DONE,
    ),
    "payment.repayment_undone": (
        "{actor} rättade en felregistrerad återbetalning.",
        "{actor} undid a repayment registered by mistake.",
        Shape.LATE,
    ),
}

EFFECTS = (
    (
        "payment.plan",
        effects.plan,
        "Utbetalningen planeras. En person attesterar den och en annan betalar ut.",
        "The payment is planned. One person certifies it, another releases it.",
    ),
    (
        "payment.early_answered",
        effects.early_answered,
        "Före laga kraft: ditt svar på om betalningen kan rättas sparas med ditt namn.",
        "Before legal force: your answer whether it can be put right is kept with your name.",
    ),
)


def register_all() -> None:
    kernel.kinds.register(
        "payment",
        Kind(code="payment", label=PAYMENT.label, model=Payment, workflow=PAYMENT, carries=CARRIES),
        owner=OWNER,
    )
    register(OWNER, *(Verb(code, Label(sv, en), shape) for code, (sv, en, shape) in SENTENCES.items()))
    for name, effect, sv, en in EFFECTS:
        kernel.effects.register(name, effect, owner=OWNER)
        kernel.promises.register(name, Label(sv, en), owner=OWNER)
    kernel.guards.register("payment.settled", effects.settled, owner=OWNER)
    for name, invariant in INVARIANTS.items():
        kernel.invariants.register(name, invariant, owner=OWNER)
    panels.register_all(OWNER)
    menu.register("grants.payments", MenuItem(55, _("Payments"), "list-payments", Permission.SEE_PAYMENTS), owner=OWNER)
