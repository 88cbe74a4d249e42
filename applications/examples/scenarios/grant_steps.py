"""One grant application walked step by step, each by the right person, through the same services as the pages."""

import io
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from applications.associations.models import Association
from applications.cases import executor
from applications.cases.arrival import arrival
from applications.cases.models import Channel, DocumentKind, JavDeclaration
from applications.cases.services.add_document import Upload, add_document
from applications.cases.services.jav import declare_jav
from applications.decisions.choices import Body
from applications.decisions.models import BoardMeeting, DecisionTrack, Proposal
from applications.decisions.services.decide import decide
from applications.decisions.services.plan_meeting import plan_meeting
from applications.decisions.services.save_proposal import save_proposal
from applications.decisions.subjects import described
from applications.examples.scenarios.papers import one_page_pdf
from applications.examples.scenarios.reviewing import answer_ordinarily
from applications.examples.scenarios.staff import Staff
from applications.grants.models import GrantApplication, Round
from applications.grants.review_cycle import reviews_of
from applications.grants.services.enter_application import Arrived, Cost, enter_application
from applications.grants.services.receive_application import receive_application
from vetting.accounts.actors import Actor
from vetting.kernel import clock

WEEK = timedelta(days=7)


class GrantSteps:
    """Every method is one person's step, through the service that the page calls."""

    def __init__(
        self,
        *,
        staff: Staff,
        association: Association,
        round: Round,
        amount: Decimal = Decimal(45000),
        purpose: str = "Öppna kvällar för boende i området, två gånger i veckan.",
    ) -> None:
        self.staff, self.association, self.round = staff, association, round
        self.amount, self.purpose = amount, purpose
        self.pk: int = 0

    # -- reading ----------------------------------------------------------------------------------------------
    @property
    def case(self) -> Any:
        query: Any = GrantApplication.objects.select_related(
            "district", "association", "round__programme__district", "round__programme_version"
        )
        return query.get(pk=self.pk)

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get(case_id=self.pk, status="open")

    @property
    def track(self) -> DecisionTrack:
        """The track of the newest decision."""
        tracks = DecisionTrack.objects.select_related("decision__board_item__meeting", "case__district")
        return tracks.filter(case_id=self.pk).latest("pk")

    def perform(self, action: str, actor: Actor, **more: Any) -> None:
        executor.perform(subject=self.case, action=action, actor=actor, **more)

    # -- steps ------------------------------------------------------------------------------------------------
    def draft(self) -> None:
        """The officer types the paper application."""
        reached = datetime.combine(clock.today() - timedelta(days=3), datetime.min.time(), clock.STOCKHOLM)
        reached += timedelta(hours=9)
        arrived = Arrived(Channel.IN_PERSON, reached, arrival(channel=Channel.IN_PERSON, reached_at=reached))
        year = clock.today().year + 1
        half = (self.amount / 2).quantize(Decimal(1))
        application = enter_application(
            actor=self.staff.officer,
            association=self.association,
            round=self.round,
            values={
                "applied_amount": self.amount,
                "purpose": self.purpose,
                "target_group": "Boende i området, alla åldrar",
                "place": "Kvarterslokalen",
                "period_from": date(year, 1, 1),
                "period_to": date(year, 12, 31),
                "signed": True,
                "other_support": False,
                "contact_name": "Kontaktperson",
            },
            arrived=arrived,
            budget=[Cost("Ledararvoden", half, half), Cost("Lokalhyra", self.amount, self.amount - half)],
            key=uuid.uuid4(),
        )
        self.pk = application.pk
        for kind in (DocumentKind.APPLICATION, DocumentKind.STATUTES, DocumentKind.ANNUAL_MINUTES):
            self.paper(kind)

    def paper(self, kind: str) -> None:
        content = one_page_pdf(f"{self.association.name}: {kind}")
        add_document(
            case=self.case,
            actor=self.staff.officer,
            kind=kind,
            upload=Upload(io.BytesIO(content), f"{kind}.pdf", len(content)),
            dated_on=clock.today() - timedelta(days=60),
            arrived_on=self.case.received_date,
        )

    def receive(self) -> None:
        case = self.case
        receive_application(
            actor=self.staff.officer, application=case, officer=None, expected_version=case.version, key=uuid.uuid4()
        )

    def register(self) -> None:
        from applications.grants.services.receive_application import officers, register_case

        officer = officers(self.staff.district.pk).get(pk=self.staff.officer.user_id or 0)
        register_case(actor=self.staff.registrar, application=self.case, officer=officer)

    def declare(self, *people: Actor) -> None:
        """No conflict of interest, of those who have not said so yet."""
        said = set(JavDeclaration.objects.filter(case_id=self.pk).values_list("user_id", flat=True))
        for person in people:
            if person.user_id not in said:
                declare_jav(case=self.case, actor=person, answer="none")

    def start_check(self) -> None:
        self.declare(self.staff.officer)
        self.perform("start_check", self.staff.officer)

    def answer_all(self) -> None:
        for review in reviews_of(self.case):
            answer_ordinarily(review, self.staff.officer, case=self.case.key)

    def start_review(self) -> None:
        self.answer_all()
        self.perform("start_review", self.staff.officer)

    def propose(self, **more: Any) -> None:
        """The four-part proposal; by default to grant the whole sum under the programme's first point."""
        self.declare(self.staff.officer)
        case = self.case
        about = described(case)
        values: dict[str, Any] = {
            "outcome": "full",
            "reason_class": "rule",
            "amount": self.amount,
            "lines": [
                {"cost": one.cost, "applied": str(one.applied), "granted": str(one.applied)} for one in about.costs
            ],
            "assessment": "Verksamheten riktar sig till boende i området och villkoren är uppfyllda.",
            "citations": [about.citations[0].as_data()],
            "principle": False,
            "differs": "no",
            "differs_reason": "Samma bedömning som i de jämförda ärendena.",
            "last_report_on": about.report_on or clock.today() + timedelta(days=400),
            "path": "delegate",
        }
        open_now = Proposal.objects.filter(case_id=case.pk, status="open").first()
        save_proposal(
            case=case,
            actor=self.staff.officer,
            values=values | more,
            expected_version=open_now.version if open_now else 0,
        )

    def submit(self) -> None:
        self.answer_all()
        self.perform("submit_review", self.staff.officer)

    def read(self) -> None:
        """The second reader confirms, where one was asked for."""
        if self.case.state == "second_reading":
            self.declare(self.staff.reader)
            self.perform("confirm_review", self.staff.reader)

    def decide(self) -> None:
        self.declare(self.staff.unit_head)
        case, proposal = self.case, self.proposal
        decide(
            case=case,
            proposal=proposal,
            actor=self.staff.unit_head,
            expected_version=case.version,
            seen_proposal=proposal.version,
        )

    def meeting(self) -> BoardMeeting:
        coming = BoardMeeting.objects.filter(district=self.staff.district, date__gte=clock.today()).order_by("date")
        return coming.first() or plan_meeting(
            actor=self.staff.secretary, district=self.staff.district, body=Body.BOARD, date=clock.today() + WEEK
        )
