"""The side tracks of a grant application: completion, consultation, hearing, the in-depth lane, withdrawal."""

import io

from applications.cases.models import DocumentKind
from applications.cases.selectors.hearings import hearings_of
from applications.cases.services.add_document import Upload
from applications.cases.services.completion import ask_completion, register_completion
from applications.cases.services.consultation import answer_consultation, ask_consultation
from applications.cases.services.hearing import end_hearing, start_hearing
from applications.cases.services.replies import register_replies
from applications.examples.scenarios.grant_steps import WEEK, GrantSteps
from applications.examples.scenarios.papers import one_page_pdf
from applications.grants.services.lane import close_lane, open_lane
from applications.grants.services.withdraw_application import withdraw_application
from vetting.kernel import clock


class SideTracks(GrantSteps):
    """Each track is opened, answered and ended; whoever is asked answers."""

    def ask_for_completion(self) -> None:
        last = clock.today() + 2 * WEEK
        ask_completion(
            case=self.case, items=["Revisionsberättelsen för förra året"], last_day=last, actor=self.staff.officer
        )

    def completion_arrives(self) -> None:
        self.paper(DocumentKind.AUDIT_REPORT)

    def complete(self) -> None:
        register_completion(case=self.case, received=[0], actor=self.staff.officer, arrived_on=clock.today())

    def get_completion(self) -> None:
        self.completion_arrives()
        self.complete()

    def consult(self) -> None:
        ask_consultation(
            case=self.case,
            asked_of="coordinator",
            circumstance="Affischen till mötet den 3 mars nämner en inbjuden talare.",
            question="Vad är känt om arrangörens tidigare möten i området?",
            last_day=clock.today() + WEEK,
            actor=self.staff.officer,
        )

    def consulted(self) -> None:
        answer_consultation(
            case=self.case,
            actor=self.staff.coordinator,
            answer="Inget är känt i det avseendet.",
            basis="Egna anteckningar från områdets samverkan.",
            own=True,
        )

    def hear(self) -> None:
        start_hearing(
            case=self.case,
            facts=[
                {"text": "Lokalen uppges ha varit stängd i mars.", "source": "Besök den 11 mars", "evidence_key": ""}
            ],
            last_day=clock.today() + 3 * WEEK,
            actor=self.staff.officer,
        )

    def reply(self) -> None:
        """The association's answer to each fact, as it came."""
        facts = hearings_of(self.case)[0].facts
        register_replies(
            case=self.case,
            replies={
                fact.key: "Lokalen var stängd en vecka för målning. Träffarna hölls hos biblioteket." for fact in facts
            },
            arrived_on=clock.today(),
            actor=self.staff.officer,
        )

    def heard(self) -> None:
        end_hearing(case=self.case, actor=self.staff.officer)

    def open_lane(self) -> None:
        self.declare(self.staff.unit_head)
        case = self.case
        open_lane(
            actor=self.staff.unit_head,
            application=case,
            circumstance="Inbjudan till kvällen den 14 februari hänvisade rullstolsburna till en annan kväll.",
            scope=["A14"],
            last_day=clock.today() + 3 * WEEK,
            expected_version=case.version,
            key=None,
        )

    def close_lane(self) -> None:
        case = self.case
        close_lane(
            actor=self.staff.unit_head,
            application=case,
            finding="Lokalen byggdes om den kvällen. Alla träffar sedan dess har varit öppna för alla.",
            expected_version=case.version,
            key=None,
        )

    def withdraw(self) -> None:
        case, content = self.case, one_page_pdf("Vi återkallar ansökan.")
        withdraw_application(
            actor=self.staff.officer,
            application=case,
            upload=Upload(io.BytesIO(content), "aterkallelse.pdf", len(content)),
            arrived_on=clock.today(),
            comment="",
            expected_version=case.version,
            key=None,
        )
