"""A decision from proposal to legal force, on a small case kind: what is frozen, who may, what follows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from applications.cases import executor
from applications.cases.models import Hearing
from applications.decisions import selectors
from applications.decisions.freezing import frozen, is_intact
from applications.decisions.invariants import INVARIANTS
from applications.decisions.models import (
    Announcement,
    BoardItem,
    Decision,
    DecisionTrack,
    DelegationVersion,
    LegalForce,
    LetterTemplateVersion,
    Proposal,
    ProposalSave,
)
from applications.decisions.services.announce import announce, take_down
from applications.decisions.services.decide import decide
from applications.decisions.services.register_outcome import record_board_decision, register_outcome
from applications.decisions.services.rule_versions import install_example_rules
from applications.decisions.services.save_proposal import save_proposal
from tests.factories import decisions as given
from tests.factories import people
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.audit.services import store_payload
from vetting.jobs.models import Job
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return given.staff()


def fresh(case):
    return given.DecidedCase.objects.get(pk=case.pk)


def decided(staff, values=None, by="head", **more):
    """A case decided by one person; returns the case and its decision."""
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"], values, **more)
    given.declared(case, staff[by])
    decide(case=case, proposal=proposal, actor=staff[by], expected_version=1, seen_proposal=1)
    check_constraints()
    return fresh(case), Decision.objects.get(case=case)


def check_constraints():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def reasons(refused):
    return [reason.code for reason in refused.value.reasons]


def test_a_delegate_decides_and_the_text_is_frozen_with_its_hash(staff):
    case, decision = decided(staff)
    assert case.state == "granted"
    assert (decision.path, decision.delegation_rule, decision.reported) == ("delegate", "4.1", "anmals")
    assert decision.decided_by == staff["head"].reference
    assert decision.presented_by == staff["officer"].reference
    assert is_intact(decision)
    letter = frozen(decision)["letter"]
    assert letter["ruling"][0].startswith("Årsta Kvarterslag beviljas 45\u202f000\u00a0kronor")
    assert b"Verksamheten riktar sig" not in bytes(Event.objects.latest("id").canonical)
    track = DecisionTrack.objects.get(decision=decision)
    assert (track.state, track.due_on) == ("decided", clock.today() + timedelta(days=16))
    assert Job.objects.get(kind="decision.letter").arguments == {"decision": str(decision.key)}
    assert Proposal.objects.get(case=case).status == "decided"


def test_a_decided_proposal_cannot_be_saved_again(staff):
    case, _ = decided(staff)
    with pytest.raises(NotNow) as refused:
        given.proposal(case, staff["officer"])
    assert refused.value.code == "not_writable"


def test_above_the_ceiling_the_unit_head_is_told_how_far_the_delegation_reaches(staff):
    case = given.case_to_decide(staff["officer"], requested=Decimal(85000), costs=())
    proposal = given.proposal(case, staff["officer"], amount=Decimal(85000), lines=[])
    given.declared(case, staff["head"], staff["department"])
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["ceiling"]
    assert "50\u202f000" in str(refused.value.reasons[0])
    decide(case=case, proposal=proposal, actor=staff["department"], expected_version=1, seen_proposal=1)
    assert Decision.objects.get(case=case).delegation_rule == "4.2"


def test_of_principle_closes_every_delegated_path(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"], principle=True, principle_reason="Ny tolkning av villkoret.")
    given.declared(case, staff["head"])
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["principle"]
    assert not Decision.objects.exists()


def test_an_officer_without_the_right_is_refused_and_told_who_may(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"])
    given.declared(case, staff["officer"])
    with pytest.raises(NotAllowed) as refused:
        decide(case=case, proposal=proposal, actor=staff["officer"], expected_version=1, seen_proposal=1)
    assert "enhetschef" in str(refused.value)


def test_a_proposal_saved_after_the_check_page_is_read_again(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"])
    given.declared(case, staff["head"])
    save_proposal(case=case, actor=staff["officer"], values={"conditions": "Nytt villkor."}, expected_version=1)
    with pytest.raises(Stale):
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert fresh(case).state == "proposed"


def test_two_who_save_at_once_see_each_other(staff):
    case = given.case_to_decide(staff["officer"])
    given.proposal(case, staff["officer"])
    given.declared(case, staff["head"])
    save_proposal(case=case, actor=staff["head"], values={"facts": "Andras text."}, expected_version=1)
    with pytest.raises(Stale) as stale:
        save_proposal(case=case, actor=staff["officer"], values={"facts": "Min text."}, expected_version=1)
    assert stale.value.data == {"seen": 1, "current": 2}
    assert Proposal.objects.get(case=case).facts == "Andras text."


def test_what_a_save_changed_stands_in_the_log_as_a_payload(staff):
    case = given.case_to_decide(staff["officer"])
    given.proposal(case, staff["officer"])
    event = Event.objects.filter(verb="proposal.saved").latest("id")
    assert event.payload_id
    assert b"boende" not in bytes(event.canonical)


def test_facts_against_the_association_are_heard_first(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"], given.REFUSAL, facts_from="other")
    given.declared(case, staff["head"])
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["not_heard"]


def test_a_recorded_waiver_or_an_ended_hearing_opens_the_way(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"], given.REFUSAL, facts_from="other")
    given.declared(case, staff["head"])
    payload, promise = store_payload({"why": "Uppgiften kommer från föreningen själv."})
    Hearing.objects.create(
        case=case,
        begun_at=clock.now(),
        begun_by_id=staff["officer"].user_id,
        ended_at=clock.now(),
        ended_as="waived",
        ended_by=staff["officer"].reference,
        waiver="own_fact",
        waiver_payload_id=payload.pk,
        waiver_commitment=promise,
    )
    decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert Decision.objects.get(case=case).outcome == "refused"


def test_what_a_delegate_decides_is_not_sent_to_the_board(staff):
    case = given.case_to_decide(staff["officer"])
    given.proposal(case, staff["officer"])
    given.declared(case, staff["officer"])
    data = {"meeting_id": given.meeting(staff["secretary"]).pk}
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="send_to_board", actor=staff["officer"], data=data)
    assert reasons(refused) == ["not_for_board"]


def test_against_the_association_on_content_the_board_decides(staff):
    case = given.case_to_decide(staff["officer"], adverse=frozenset({"A15"}))
    proposal = given.proposal(
        case,
        staff["officer"],
        given.REFUSAL,
        special_reasons="not_found",
        special_reasons_text="Inget avstånd har tagits och inga åtgärder visats.",
    )
    given.declared(case, staff["head"])
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["content"]


def before_board(staff, values=None, body="board", **more):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"], values, path="board", **more)
    given.declared(case, staff["officer"])
    meeting = given.meeting(staff["secretary"], body)
    data = {"meeting_id": meeting.pk}
    executor.perform(subject=case, action="send_to_board", actor=staff["officer"], data=data)
    return fresh(case), proposal, meeting


def test_the_board_decides_as_proposed(staff):
    case, _proposal, meeting = before_board(staff, given.CUT)
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": "bifall", "paragraph": "12"}, expected_version=1
    )
    record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    check_constraints()
    decision = Decision.objects.get(case=case)
    assert (decision.path, decision.paragraph, decision.decided_on) == ("board", "12", meeting.date)
    assert decision.decided_by == "body:KUN:board"
    assert decision.registered_by == staff["secretary"].reference
    assert "§ 12" in frozen(decision)["letter"]["signatures"][0]["text"]
    assert BoardItem.objects.get(case=case).ended_at


def test_the_boards_own_text_replaces_the_proposals(staff):
    case, _, _ = before_board(staff)
    values = {"outcome": "avslag", "paragraph": "13", "own_reason_class": "rule"}
    register_outcome(case=case, actor=staff["secretary"], values=values, expected_version=1)
    with pytest.raises(NotNow) as refused:
        record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    assert reasons(refused) == ["board_reasons"]
    own = {"own_text": "Nämnden anser att verksamheten redan finansieras av kulturnämnden."}
    register_outcome(case=case, actor=staff["secretary"], values=values | own, expected_version=2)
    record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    decision = Decision.objects.get(case=case)
    text = str(frozen(decision)["letter"])
    assert (decision.outcome, decision.amount, fresh(case).state) == ("refused", None, "refused")
    assert "redan finansieras" in text
    assert "Verksamheten riktar sig" not in text


def test_a_changed_proposal_is_not_the_one_the_board_saw(staff):
    case, proposal, _ = before_board(staff)
    Proposal.objects.filter(pk=proposal.pk).update(assessment="Något annat.", version=2)
    ProposalSave.objects.create(proposal=proposal, version=2, by="user:x", at=clock.now())
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": "bifall", "paragraph": "12"}, expected_version=1
    )
    with pytest.raises(NotNow) as refused:
        record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    assert reasons(refused) == ["text_changed"]


@pytest.mark.parametrize(
    ("outcome", "state"), [("aterremiss", "review"), ("bordlagt", "tabled"), ("utgar", "proposed")]
)
def test_a_sitting_that_decides_nothing_moves_the_case(staff, outcome, state):
    case, _, _ = before_board(staff)
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": outcome, "paragraph": "9"}, expected_version=1
    )
    item = BoardItem.objects.get(case=case)
    assert fresh(case).state == state
    assert (item.outcome, item.paragraph, bool(item.ended_at)) == (outcome, "9", True)
    assert not Decision.objects.exists()


def test_a_committee_decides_under_its_row_alone(staff):
    case, _, _ = before_board(staff, body="committee")
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": "bifall", "paragraph": "3"}, expected_version=1
    )
    record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    decision = Decision.objects.get(case=case)
    assert (decision.path, decision.body, decision.delegation_rule) == ("delegate", "committee", "4.10")


def test_a_committee_cannot_decide_what_is_of_principle(staff):
    case, _, _ = before_board(staff, body="committee", principle=True, principle_reason="Ny fråga.")
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": "bifall", "paragraph": "3"}, expected_version=1
    )
    with pytest.raises(NotNow) as refused:
        record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    assert reasons(refused) == ["principle"]


def test_the_chair_decides_what_cannot_wait_and_it_is_reported_at_the_very_next_meeting(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(
        case, staff["officer"], path="chair_urgent", urgent_reason="Evenemanget hålls före nästa sammanträde."
    )
    given.declared(case, staff["chair"], staff["head"])
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["chair"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["next_meeting"]
    meeting = given.meeting(staff["secretary"])
    given.meeting(staff["secretary"], in_days=35)
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["chair_only"]
    decide(case=case, proposal=proposal, actor=staff["chair"], expected_version=1, seen_proposal=1)
    decision = Decision.objects.get(case=case)
    assert [item.meeting for item in decision.reports.all()] == [meeting]


def test_a_delegated_decision_waits_for_the_next_meeting_that_is_entered(staff):
    _, decision = decided(staff)
    assert list(selectors.unreported(decision.district_id)) == [decision]
    meeting = given.meeting(staff["secretary"])
    assert [item.meeting for item in decision.reports.all()] == [meeting]
    assert not selectors.unreported(decision.district_id)


def test_withdrawing_writes_off_by_a_decision_that_is_final_at_once(staff):
    case = given.case_to_decide(staff["officer"])
    given.proposal(case, staff["officer"])
    given.declared(case, staff["officer"])
    executor.perform(subject=case, action="withdraw", actor=staff["officer"])
    check_constraints()
    decision = Decision.objects.get(case=case)
    assert (decision.outcome, decision.reason_class, decision.delegation_rule) == ("struck", "formal", "4.7")
    assert decision.template.code == "withdrawal-decision"
    assert "Det läggs inte föreningen till last" in str(frozen(decision)["letter"])
    assert sorted(Proposal.objects.filter(case=case).values_list("status", flat=True)) == ["decided", "dropped"]
    executor.perform(subject=case, action="close", actor=staff["officer"])


def test_a_new_decision_replaces_the_old_one_and_points_at_it(staff):
    case, first = decided(staff)
    executor.perform(subject=case, action="reconsider", actor=staff["head"])
    proposal = given.proposal(case, staff["officer"], given.CUT)
    assert proposal.corrects == first
    decide(case=case, proposal=proposal, actor=staff["head"], expected_version=3, seen_proposal=1)
    check_constraints()
    second = Decision.objects.get(corrects=first)
    assert DecisionTrack.objects.get(decision=first).state == "corrected"
    assert selectors.in_force(case.pk).decision == second
    assert "ersätter vårt beslut" in frozen(second)["letter"]["ruling"][1]


def announced(staff, days_ago=30):
    """A board decision whose notice was put up some days ago, as if it had been decided then."""
    case, _, meeting = before_board(staff)
    meeting.date = clock.today() - timedelta(days=days_ago + 5)
    meeting.save()
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": "bifall", "paragraph": "1"}, expected_version=1
    )
    record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    track = DecisionTrack.objects.get(case=case)
    day = clock.today() - timedelta(days=days_ago)
    announce(
        track=track,
        actor=staff["registrar"],
        approved_on=day - timedelta(days=1),
        announced_on=day,
        address="https://exempel.invalid/anslag/1",
    )
    return DecisionTrack.objects.get(case=case)


CONFIRMED = {"answer": "no_appeal", "reference": "Förvaltningsrätten, svar per e-post"}


def confirm(track, staff, **more):
    data = CONFIRMED | {"asked_on": clock.today(), "answered_on": clock.today()} | more
    return executor.perform(subject=track, action="confirm_final", actor=staff["registrar"], data=data)


def test_the_notice_gives_the_last_day_and_legal_force_is_confirmed_by_a_person(staff):
    track = announced(staff)
    notice = Announcement.objects.get(track=track)
    assert track.due_on == notice.force_from == notice.last_day + timedelta(days=1)
    confirm(track, staff)
    force = LegalForce.objects.get(track=track)
    assert (force.force_from, force.confirmed_by) == (notice.force_from, staff["registrar"].reference)
    case = track.case
    given.declared(case, staff["officer"])
    executor.perform(subject=fresh(case), action="close", actor=staff["officer"])


def test_legal_force_is_not_confirmed_while_the_appeal_time_runs(staff):
    with pytest.raises(NotNow) as refused:
        confirm(announced(staff, days_ago=10), staff)
    assert reasons(refused) == ["too_early"]


def test_legal_force_needs_the_courts_answer(staff):
    track = announced(staff)
    with pytest.raises(NotNow) as refused:
        confirm(track, staff, reference="")
    assert reasons(refused) == ["court_not_asked"]
    with pytest.raises(NotNow) as refused:
        confirm(track, staff, answer="appealed")
    assert reasons(refused) == ["appealed"]


def test_a_notice_that_came_down_early_starts_the_clock_anew(staff):
    track = announced(staff)
    notice = track.announcements.first()
    fell = take_down(track=track, actor=staff["registrar"], day=notice.last_day, expected_version=track.version)
    assert fell
    track = DecisionTrack.objects.get(pk=track.pk)
    assert track.state == "decided"
    announce(
        track=track,
        actor=staff["registrar"],
        approved_on=notice.approved_on,
        announced_on=clock.today(),
        address=notice.address,
    )
    assert DecisionTrack.objects.get(pk=track.pk).announcements.count() == 2


def test_minutes_are_not_approved_before_the_meeting(staff):
    case, _, _meeting = before_board(staff)
    register_outcome(
        case=case, actor=staff["secretary"], values={"outcome": "bifall", "paragraph": "1"}, expected_version=1
    )
    record_board_decision(case=case, actor=staff["secretary"], expected_version=2)
    with pytest.raises(Invalid):
        announce(
            track=DecisionTrack.objects.get(case=case),
            actor=staff["registrar"],
            approved_on=clock.today(),
            announced_on=clock.today(),
            address="https://exempel.invalid/anslag/1",
        )


def test_an_annulled_decision_loses_its_force_and_a_new_one_can_be_made(staff):
    track = announced(staff)
    perform = executor.perform
    perform(subject=track, action="appeal", actor=staff["registrar"], data={"arrived_on": clock.today()})
    with pytest.raises(NotNow) as refused:
        perform(subject=track, action="annul", actor=staff["registrar"], data={"judged_on": clock.today()})
    assert reasons(refused) == ["ground"]
    data = {"judged_on": clock.today(), "ground": "Jävig ledamot deltog."}
    perform(subject=track, action="annul", actor=staff["registrar"], data=data)
    assert selectors.in_force(track.case_id) is None
    appeal = track.appeals.get()
    assert (appeal.judgment, appeal.ground) == ("annul", "Jävig ledamot deltog.")


def test_another_districts_officer_finds_nothing(staff):
    case = given.case_to_decide(staff["officer"])
    other = people.actor(Role.GRANT_OFFICER, at=people.district("SÖD"))
    with pytest.raises(NotAllowed):
        given.proposal(case, other)


def test_without_what_letters_need_nothing_is_decided(staff):
    case = given.case_to_decide(staff["officer"])
    proposal = given.proposal(case, staff["officer"])
    given.declared(case, staff["head"])
    district = case.district
    district.letter_facts = {}
    with transaction.atomic():
        district.save(update_fields=["letter_facts"])
    with pytest.raises(NotNow) as refused:
        decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    assert reasons(refused) == ["letter_facts"]


def test_the_invariants_hold_over_what_was_decided(staff):
    decided(staff, given.CUT)
    assert [breach for check in INVARIANTS.values() for breach in check()] == []


def test_an_example_district_gets_rules_and_facts_once(staff):
    district = people.district("NYA")
    letters = LetterTemplateVersion.objects.filter(district=district, is_example=True)
    install_example_rules(district=district, valid_from=clock.today())
    first = set(letters.values_list("code", flat=True))
    install_example_rules(district=district, valid_from=clock.today())
    district.refresh_from_db()
    assert district.letter_facts["court"]
    assert DelegationVersion.objects.filter(district=district, is_example=True).count() == 1
    assert {"grant-decision", "withdrawal-decision"} <= first
    assert sorted(letters.values_list("code", flat=True)) == sorted(first)
