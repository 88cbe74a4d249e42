"""The secretary enters a coming meeting of the board, a committee or the presidium."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import Body
from applications.decisions.models import BoardMeeting
from applications.decisions.services.report_decision import report_waiting
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid


def plan_meeting(*, actor: Actor, district: District, body: str, date: date, place: str = "") -> BoardMeeting:
    """Adds the meeting; a sitting of the board takes the delegated decisions that wait to be reported.

    Raises Invalid when that body already meets that day.
    """
    must_have(actor, Permission.REGISTER_BOARD, district.pk)
    moment = clock.now()
    try:
        with transaction.atomic():
            meeting = BoardMeeting.objects.create(
                district=district, body=body, date=date, place=place, created_by=actor.reference, created_at=moment
            )
            reported = report_waiting(meeting, at=moment) if body == Body.BOARD else 0
            record(
                actor=actor,
                verb="meeting.planned",
                district=district.code,
                subject=f"meeting:{meeting.pk}",
                data={"body": body, "date": date, "reported": reported},
                at=moment,
            )
    except IntegrityError as error:
        text = _("That meeting is entered already.")
        raise Invalid(text, fields={"date": [text]}, code="meeting_twice") from error
    return meeting
