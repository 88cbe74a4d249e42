"""A grant beside the programme's own rules: blocked without special reasons, always read by a second person."""

from datetime import timedelta
from decimal import Decimal

import pytest

from applications.cases.models import DocumentKind
from applications.decisions.subjects import described
from applications.grants.subject import departures_of
from tests.factories import grants, programmes
from vetting.accounts.models import User
from vetting.kernel import clock
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.django_db
REASONS = {"special_reasons": "found", "special_reasons_text": "Ett gemensamt projekt med en annan nämnd."}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def walk(**terms):
    staff = grants.office()
    call = programmes.call(programmes.published(at=staff.district, **terms))
    return grants.grant(staff, call=call, amount=Decimal(45_000))


def refused_codes(step):
    with pytest.raises(NotNow) as caught:
        step()
    return [reason.code for reason in caught.value.reasons]


def test_a_sum_over_the_ceiling_waits_for_special_reasons():
    case = walk(amounts={"cap_kr": 20_000})
    case.walk("proposed")
    assert "special_reasons" in case.case.readings.get().because
    assert refused_codes(case.decide) == ["departs"]
    case.propose(**REASONS)
    case.decide()
    assert case.case.state == "granted"
    assert case.track.decision.amount == 45_000


def test_a_sum_within_the_ceiling_needs_none():
    case = walk(amounts={"cap_kr": 45_000})
    case.walk("granted")
    assert "special_reasons" not in case.case.readings.get().because


def test_the_board_is_not_sent_a_grant_without_them():
    case = walk(amounts={"fixed_kr": [25_000, 50_000]})
    case.walk("review")
    case.propose(path="board")
    case.submit()
    case.read()
    assert refused_codes(case.send_to_board) == ["departs"]
    case.propose(path="board", **REASONS)
    case.send_to_board()
    case.board_decides()
    assert case.case.state == "granted"


def test_the_page_names_what_a_grant_departs_from(client):
    case = walk(amounts={"cap_kr": 20_000})
    case.walk("review")
    client.force_login(User.objects.get(pk=case.staff.officer.user_id))
    content = client.get(f"/arenden/{case.case.key}/beslut/forslag/").content.decode()
    assert "Stödformen ger högst 20\u202f000" in content
    assert 'id="id_special_reasons_text"' in content


def test_the_gate_of_the_report_is_lifted_by_the_report_or_at_its_question():
    rule = {"previous_report": {"due_at_closing": True, "barred": "no_new_grant"}}
    first = walk(**rule)
    first.walk("granted")
    with clock.shifted(timedelta(days=900)):
        again = grants.grant(first.staff, call=first.round)
        again.association = first.association
        again.walk("formal_check")
        assert [one.code for one in described(again.case).departures(None)] == ["report_no_new_grant"]
        assert departures_of(again.case, frozenset({"A9"}), None) == []
        first.paper(DocumentKind.REPORT)
        assert described(again.case).departures(None) == []
