"""The demo's district with somebody in every role, in it and in another, and an object for every kind of page."""

import re
import uuid
from datetime import date
from typing import Any

from django.db import transaction

from applications.associations.models import Association, AssociationDocument, Representative
from applications.associations.services.change_giro import register_giro
from applications.cases.models import Case, CaseDocument, CaseReview, Consultation, Hearing, Note, Recusal, SecretNote
from applications.cases.services.jav import declare_jav
from applications.cases.services.notes import write_note
from applications.decisions.models import BoardItem, BoardMeeting, Decision, DelegationVersion, LetterTemplateVersion
from applications.decisions.services.register_outcome import register_outcome
from applications.examples.demo.load import load_demo
from applications.examples.names import bankgiro
from applications.grants.models import GrantApplication, Payment, PaymentCondition, Programme, Repayment, Round
from applications.grants.programmes.services.drafts import start_draft
from applications.grants.workflow import GRANT
from applications.rentals.models import Booking, Confirmation, Room, TariffVersion, TermsVersion, Venue
from checklists.rules.definition import Target
from checklists.rules.evidence import ActorRole, Capacity, DraftEvidence, Shows, SourceClass
from checklists.services.add_evidence import Card, add_evidence
from checklists.services.escalate_question import escalate_question
from tests.factories import obligations
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import District, Membership, User
from vetting.accounts.roles import Role
from vetting.jobs.services import ask
from vetting.kernel import clock
from vetting.kernel.giro import GiroKind
from vetting.obligations.models import Obligation
from vetting.obligations.services.plans import EXAMPLES, draft_plan, plan_for
from vetting.outbox.services import put

HERE, ELSEWHERE = "KUN", "SÖD"
BOOKING_STEPS = {"booked": "give_key", "held": "inspect"}
PASSWORD = "ett-gott-losenord"
CANARY = "Kanariefågelns hemliga ändamål"


class World:
    """Built once per test process. `people[district][role]` are fresh accounts that have done nothing."""

    def __init__(self) -> None:
        load_demo(password=PASSWORD)
        self.here, self.elsewhere = (District.objects.get(code=code) for code in (HERE, ELSEWHERE))
        self.people = {code: self._one_of_each(District.objects.get(code=code)) for code in (HERE, ELSEWHERE)}
        self.officer = self._actor("handlaggare")
        self.recused = self._recused()
        self._more()

    def _recused(self) -> User:
        """An officer with every right but the one to see the case in review."""
        user = User.objects.create_user("matris-utelast", name="Matris utelåst", password=PASSWORD)
        for role in Role:
            Membership.objects.create(user=user, district=self.here, role=role, valid_from=date(2020, 1, 1))
        Recusal.objects.create(case=self.case("review"), user=user, since=clock.now())
        Recusal.objects.create(case=self.case("review", "rental"), user=user, since=clock.now())
        return user

    def _one_of_each(self, district: District) -> dict[str, User]:
        people = {}
        for role in Role:
            name = f"matris-{role.value}-{district.pk}".replace("_", "-")
            user = User.objects.create_user(name, name=f"Matris {role.value}", password=PASSWORD)
            Membership.objects.create(user=user, district=district, role=role, valid_from=date(2020, 1, 1))
            people[role.value] = user
        return people

    def _actor(self, username: str) -> Actor:
        return actor_for(User.objects.get(username=username), on=clock.today())

    def _more(self) -> None:
        """What the demo's story does not hold."""
        reviewed = self.case("review")
        Case.objects.filter(pk=reviewed.pk).update(officer=self.officer.user_id)
        GrantApplication.objects.filter(pk=reviewed.pk).update(purpose=CANARY)
        board = self.case("before_board")
        register_outcome(
            case=board,
            actor=self._actor("namndsekreterare"),
            values={"outcome": "bifall", "paragraph": "7"},
            expected_version=BoardItem.objects.get(case=board, outcome="").version,
        )
        writer = self._declared(reviewed)
        write_note(case=reviewed, actor=writer, text="Under sekretess", section="OSL 21:3")
        write_note(case=reviewed, actor=writer, text="Ring föreningen.", must_answer=True)
        possible = self._actor("handlaggare2")
        declare_jav(case=reviewed, actor=possible, answer="possible", reason="Granne till kassören.")
        review = CaseReview.objects.filter(case=reviewed).select_related("review").order_by("id")[0].review
        self.evidence = add_evidence(review=review, question="A14", card=_card(), actor=writer, case=reviewed.key)
        self.escalation = escalate_question(
            review=review, question="A14", to=Target.LAWYER, text="Räcker det?", actor=writer, case=reviewed.key
        )
        start_draft(actor=self.officer, programme=self.programme())
        register_giro(
            actor=self.officer,
            association=self.association(),
            district=self.here,
            kind=GiroKind.BANKGIRO,
            number=bankgiro(990),
        )

    def _declared(self, case: Case) -> Actor:
        declare_jav(case=case, actor=self.officer, answer="none")
        return self.officer

    # -- objects, by the words of the column `object` ---------------------------------------------------------
    def case(self, state: str, kind: str = "grant") -> Any:
        found = Case.objects.filter(district=self.here, kind=kind, state=state).order_by("id").first()
        if found is None:
            raise LookupError(f"no case in state {state}")
        return found

    def association(self) -> Association:
        return self.case("review").association

    def programme(self) -> Programme:
        return Programme.objects.get(district=self.here, code="foreningsstod")

    def arguments(self, pattern: str, thing: str) -> dict[str, Any]:
        """The URL's arguments for an object named in the table, e.g. `case in review`, `step start_check`."""
        kind, _in, more = thing.partition(" ")
        given = {} if thing == "-" else getattr(self, f"_{kind}")(more.removeprefix("in "))
        wanted = set(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
        if wanted - set(given):
            raise LookupError(f"{pattern}: “{thing}” gives no {', '.join(sorted(wanted - set(given)))}")
        return {name: given[name] for name in wanted}

    def _case(self, state: str) -> dict[str, Any]:
        case = self.case(state)
        return {"key": case.key, "person": User.objects.get(username="handlaggare2").key, "host": "case"}

    def _step(self, action: str) -> dict[str, Any]:
        """A case in a state from which the action leaves by the plain check page."""
        sources = [state for row in GRANT.rows_of(action) if not row.form for state in row.sources]
        there = Case.objects.filter(district=self.here, kind="grant", state__in=sources).order_by("id").first()
        if there is None:
            raise LookupError(f"no case from which {action} leaves")
        return {"key": there.key, "action": action}

    def _rental(self, state: str) -> dict[str, Any]:
        """A rental case in a state, with its newest date and confirmation where it has them."""
        case = self.case(state, "rental")
        return {"key": case.key}

    def _venue(self, _more: str) -> dict[str, Any]:
        venue = Venue.objects.filter(district=self.here).order_by("id")[0]
        return {"key": venue.key, "association": self.association().key, "district": HERE}

    def _room(self, _more: str) -> dict[str, Any]:
        return {"key": Room.objects.filter(venue__district=self.here).order_by("id")[0].key}

    def _terms(self, _more: str) -> dict[str, Any]:
        return {"key": TermsVersion.objects.filter(venue__district=self.here).order_by("id")[0].key}

    def _tariff(self, _more: str) -> dict[str, Any]:
        return {"key": TariffVersion.objects.filter(district=self.here).order_by("id")[0].key, "district": HERE}

    def _booking(self, state: str) -> dict[str, Any]:
        booking = Booking.objects.filter(venue__district=self.here, state=state).order_by("id")[0]
        return {"key": booking.key, "action": BOOKING_STEPS[state]}

    def _confirmation(self, _more: str) -> dict[str, Any]:
        return {"key": Confirmation.objects.filter(application__district=self.here).order_by("id")[0].key}

    def _review(self, state: str) -> dict[str, Any]:
        case = self.case(state)
        linked = CaseReview.objects.filter(case=case).select_related("review").order_by("id")[0]
        return {
            "host": "case",
            "key": case.key,
            "review": linked.review.key,
            "question": "A14",
            "evidence": self.evidence.key,
            "escalation": self.escalation.key,
        }

    def _association(self, _more: str) -> dict[str, Any]:
        association = self.association()
        return {
            "key": association.key,
            "association": association.key,
            "district": HERE,
            "document": AssociationDocument.objects.filter(association=association).order_by("id")[0].key,
            "person": Representative.objects.filter(association=association).order_by("id")[0].key,
            "account": association.giro_accounts.filter(confirmed_at=None).order_by("id")[0].key,
        }

    def _note(self, kind: str) -> dict[str, Any]:
        case = self.case("review")
        table: Any = SecretNote if kind == "secret" else Note
        return {"key": case.key, "note": table.objects.filter(case=case).order_by("id")[0].key}

    def _consultation(self, _more: str) -> dict[str, Any]:
        return {"key": Consultation.objects.filter(case__district=self.here).order_by("id")[0].key}

    def _hearing(self, _more: str) -> dict[str, Any]:
        case = self.case("hearing")
        return {"key": case.key, "hearing": Hearing.objects.filter(case=case).order_by("id")[0].key}

    def _decision(self, state: str) -> dict[str, Any]:
        return {"key": Decision.objects.filter(case=self.case(state)).order_by("id")[0].key}

    def _payment(self, state: str) -> dict[str, Any]:
        found = Payment.objects.filter(case__district=self.here, state=state).order_by("id").first()
        if found is None:
            raise LookupError(f"no payment in state {state}")
        return {"key": found.key}

    def _condition(self, _more: str) -> dict[str, Any]:
        return {"key": PaymentCondition.objects.filter(payment__case__district=self.here).order_by("id")[0].key}

    def _repayment(self, _more: str) -> dict[str, Any]:
        return {"key": Repayment.objects.filter(case__district=self.here).order_by("id")[0].key}

    def _meeting(self, _more: str) -> dict[str, Any]:
        return {"key": BoardMeeting.objects.filter(district=self.here).order_by("id")[0].key}

    def _delegation(self, _more: str) -> dict[str, Any]:
        return {"pk": DelegationVersion.objects.filter(district=self.here).order_by("id")[0].pk}

    def _letter(self, _more: str) -> dict[str, Any]:
        return {"pk": LetterTemplateVersion.objects.filter(district=self.here).order_by("id")[0].pk}

    def _programme(self, _more: str) -> dict[str, Any]:
        return {"key": self.programme().key, "number": 1}

    def _round(self, _more: str) -> dict[str, Any]:
        return {"key": Round.objects.filter(programme=self.programme()).order_by("id")[0].key}

    def _file(self, _more: str) -> dict[str, Any]:
        stored = CaseDocument.objects.filter(case=self.case("review"), file__isnull=False).order_by("id")[0].file
        return {"key": stored.key}

    def _message(self, _more: str) -> dict[str, Any]:
        """A mail that could not leave, about the case in review."""
        with transaction.atomic():
            made = put(
                kind="notice",
                district=self.here,
                recipient="",
                subject=CANARY,
                body="Logga in.",
                identity=f"matrix:{uuid.uuid4()}",
                case=self.case("review").key,
            )
        return {"key": made.key}

    def _reminder(self, _more: str) -> dict[str, Any]:
        """One that could not be written, about the case in review."""
        made = obligations.obligation(district=self.here, case=self.case("review").key)
        Obligation.objects.filter(pk=made.pk).update(trouble="LookupError")
        return {"key": made.key}

    def _plan(self, _more: str) -> dict[str, Any]:
        """A draft of reminders that somebody else wrote."""
        made = plan_for(district=self.here, code="standard", day=clock.today())
        return {"pk": draft_plan(district=self.here, code=made.code, content=made.content, actor=EXAMPLES).pk}

    def _job(self, _more: str) -> dict[str, Any]:
        """Work that somebody else asked for."""
        made = ask(kind="desk.export_cases", actor="user:nobody", district_id=self.here.pk, arguments={})
        return {"key": made.key}


def _card() -> Card:
    draft = DraftEvidence(
        shows=Shows.ACT,
        source_class=SourceClass.MEDIA,
        excerpt="Lokalen nås via trappa.",
        reliability="Hög: egen affisch.",
        counter="Ny inbjudan utan undantag.",
        role=ActorRole.BOARD,
        capacity=Capacity.IN_ACTIVITY,
    )
    return Card(draft=draft, title="Affisch", place="Trapphus", counter_found=True, captured_on=clock.today())
