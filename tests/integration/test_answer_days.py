"""The time to answer is the programme's, as the version the case is handled by says it."""

from datetime import timedelta

import pytest

from applications.cases.limits import completion_days, hearing_days
from applications.cases.services.hearing import start_hearing
from tests.factories import grants, people, programmes
from vetting.kernel import clock
from vetting.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
FACT = {"text": "Lokalen var stängd i mars.", "source": "Besök", "evidence_key": ""}


def test_a_hearing_shorter_than_the_programme_says_is_refused(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    staff = grants.office()
    version = programmes.published(at=people.district(), handling={"hearing_days": 21, "completion_days": 10})
    walk = grants.grant(staff, call=programmes.call(version))
    case = walk.walk("review")
    assert (hearing_days(case).least, completion_days(case).usual) == (21, 10)
    with pytest.raises(Invalid) as refused:
        start_hearing(case=case, facts=[FACT], last_day=clock.today() + timedelta(days=20), actor=staff.officer)
    assert "last_day" in refused.value.fields
    start_hearing(case=case, facts=[FACT], last_day=clock.today() + timedelta(days=21), actor=staff.officer)
