"""A decision afterwards: its notice, legal force, an appeal and the court, and the case taken up again or closed."""

from typing import Any

from applications.cases import executor
from applications.decisions.services.announce import announce, take_down
from applications.examples.scenarios.grant_steps import GrantSteps
from vetting.kernel import clock


class TrackSteps(GrantSteps):
    """Steps on the track of the newest decision, registered by the registrar on the day they happen."""

    def follow(self, action: str, **data: Any) -> None:
        """What a form on the decision's page sends."""
        track = self.track
        executor.perform(
            subject=track, action=action, actor=self.staff.registrar, data=data, expected_version=track.version
        )

    def announce(self) -> None:
        """The minutes of the meeting that decided, or was told, are approved and announced: not before that meeting."""
        track, today = self.track, clock.today()
        announce(
            track=track,
            actor=self.staff.registrar,
            approved_on=today,
            announced_on=today,
            address="https://exempel.invalid/anslag/1",
            minutes_place="Registraturen",
            expected_version=track.version,
        )

    def notice_falls(self) -> None:
        """The notice came down before the last day of appeal."""
        track = self.track
        take_down(track=track, actor=self.staff.registrar, day=clock.today(), expected_version=track.version)

    def confirm_final(self) -> None:
        """The administrative court has answered that nothing came. After a notice the appeal time must be out."""
        today = clock.today()
        self.follow(
            "confirm_final", asked_on=today, answered_on=today, answer="no_appeal", reference="registrator, e-post"
        )

    def appeal(self) -> None:
        self.follow("appeal", arrived_on=clock.today(), forwarded_on=clock.today(), court_number="1234-26")

    def stay(self) -> None:
        self.follow("stay", judged_on=clock.today())

    def lift_stay(self) -> None:
        self.follow("lift_stay", judged_on=clock.today())

    def uphold(self) -> None:
        self.follow("uphold", judged_on=clock.today())

    def dismiss_appeal(self) -> None:
        self.follow("dismiss_appeal", judged_on=clock.today())

    def annul(self) -> None:
        self.follow(
            "annul", judged_on=clock.today(), ground="Beslutet fattades av någon som inte hade rätt att göra det."
        )

    def reconsider(self) -> None:
        self.declare(self.staff.unit_head)
        self.perform(
            "reconsider", self.staff.unit_head, comment="Föreningen har lämnat nya uppgifter om sin medfinansiering."
        )

    def reopen_after_judgment(self) -> None:
        self.perform("reopen_after_judgment", self.staff.officer, comment="Domstolen har upphävt beslutet.")

    def close(self) -> None:
        """By the registrar: whoever prepared a granted case does not close it."""
        self.declare(self.staff.registrar)
        self.perform("close", self.staff.registrar)
