"""Conflicts of interest: who declares, who is out, who rules (docs/domain.md §0.3, A24; KL 6:28–32)."""

from datetime import timedelta

import pytest

from applications.cases import executor
from applications.cases.jav import standing
from applications.cases.locking import LockedOut
from applications.cases.models import Case, JavDeclaration
from applications.cases.services.assign import assign_officer
from applications.cases.services.jav import declare_jav, rule_on_jav
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Permission, Role
from vetting.audit.models import Event, Payload
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine() -> None:
    handled.install()


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def head():
    return people.actor(Role.UNIT_HEAD)


@pytest.fixture
def case(officer):
    return handled.received(officer)


def user(actor) -> User:
    return User.objects.get(pk=actor.user_id)


def sees(actor, case) -> bool:
    return Case.objects.for_user(actor, Permission.SEE_CASES).filter(pk=case.pk).exists()


def verbs(case) -> list[str]:
    return list(Event.objects.filter(case=case.key).order_by("id").values_list("verb", flat=True))


def test_no_step_before_a_declaration_and_the_reason_leads_to_its_page(case, officer):
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="start", actor=officer)
    assert [(r.code, r.url) for r in refused.value.reasons] == [("jav_missing", f"/arenden/{case.key}/jav/")]


@pytest.mark.parametrize("answer", ["none", "irrelevant"])
def test_after_no_conflict_the_person_works_on(case, officer, answer):
    declare_jav(case=case, actor=officer, answer=answer, reason="Satt i styrelsen 1998." if answer != "none" else "")
    executor.perform(subject=case, action="start", actor=officer)
    assert verbs(case)[-2:] == [f"case.jav_{answer}", "handled.start"]


@pytest.mark.parametrize("answer", ["possible", "irrelevant"])
def test_an_answer_that_owes_a_reason_is_not_taken_without_one(case, officer, answer):
    with pytest.raises(Invalid) as wrong:
        declare_jav(case=case, actor=officer, answer=answer, reason="  ")
    assert list(wrong.value.fields) == ["reason"]
    assert not JavDeclaration.objects.exists()


def test_the_reason_stands_in_a_payload_and_not_in_the_log(case, officer):
    declare_jav(case=case, actor=officer, answer="possible", reason="Granne med ordföranden")
    assert "Granne" in bytes(Payload.objects.latest("at").content).decode()
    assert b"Granne" not in b"".join(bytes(e.canonical) for e in Event.objects.all())


def test_yes_locks_out_at_once_and_leaves_the_case_without_officer_and_due_today(case, officer, head):
    assign_officer(case=case, officer=user(officer), actor=head)
    declare_jav(case=case, actor=officer, answer="yes")
    case = handled.again(case)
    assert (case.officer, case.due_on) == (None, clock.today())
    assert not sees(officer, case)
    assert sees(head, case)
    assert verbs(case)[-2:] == ["case.jav_yes", "case.unassigned"]
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="start", actor=officer)
    assert refused.value.code == "jav_out"
    with pytest.raises(LockedOut):
        declare_jav(case=case, actor=officer, answer="none")


def test_a_locked_out_person_is_not_given_the_case(case, officer, head):
    declare_jav(case=case, actor=officer, answer="yes")
    with pytest.raises(Invalid) as wrong:
        assign_officer(case=case, officer=user(officer), actor=head)
    assert wrong.value.code == "jav_out"


def test_a_possible_conflict_waits_for_the_unit_head(case, officer, head):
    declare_jav(case=case, actor=officer, answer="possible", reason="Barnet tränar i föreningen")
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="start", actor=officer)
    assert refused.value.code == "jav_possible"
    rule_on_jav(case=case, person=user(officer), actor=head, ruling="no_conflict", reason="Ingen roll i föreningen")
    executor.perform(subject=case, action="start", actor=officer)


def test_a_ruling_of_conflict_locks_out(case, officer, head):
    declare_jav(case=case, actor=officer, answer="possible", reason="Syskon i styrelsen")
    rule_on_jav(case=case, person=user(officer), actor=head, ruling="conflict", reason="Syskon är närstående")
    assert not sees(officer, case)


def test_only_a_unit_head_lifts_and_then_the_person_declares_anew(case, officer, head):
    declare_jav(case=case, actor=officer, answer="yes")
    with pytest.raises(NotAllowed):
        rule_on_jav(
            case=case,
            person=user(officer),
            actor=people.actor(Role.GRANT_OFFICER),
            ruling="lifted",
            reason="Misstag",
        )
    rule_on_jav(case=case, person=user(officer), actor=head, ruling="lifted", reason="Fel förening avsågs")
    assert sees(officer, case)
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="start", actor=officer)
    assert refused.value.code == "jav_missing"
    declare_jav(case=case, actor=officer, answer="none")
    executor.perform(subject=case, action="start", actor=officer)


def test_nobody_rules_on_an_own_conflict(case, head):
    declare_jav(case=case, actor=head, answer="possible", reason="Bekant")
    with pytest.raises(NotAllowed):
        rule_on_jav(case=case, person=user(head), actor=head, ruling="no_conflict", reason="Ingen fara")


def test_a_step_nobody_else_can_take_is_allowed_by_ruling_and_logged(case, officer, head):
    declare_jav(case=case, actor=officer, answer="yes")
    rule_on_jav(
        case=case,
        person=user(officer),
        actor=head,
        ruling="allowed",
        action="start",
        until=clock.today(),
        reason="Ensam i tjänst, sista dag idag",
    )
    assert sees(officer, case)
    executor.perform(subject=case, action="start", actor=officer)
    assert b'"exception":"KL 6:30"' in bytes(Event.objects.latest("id").canonical)
    with pytest.raises(NotNow):
        executor.perform(subject=case, action="submit", actor=officer)


def test_the_exception_ends_with_its_day(case, officer, head):
    declare_jav(case=case, actor=officer, answer="yes")
    today, given = clock.today(), {"ruling": "allowed", "reason": "Ingen annan finns.", "action": "start"}
    rule_on_jav(case=case, person=user(officer), actor=head, until=today, **given)
    assert standing(case.pk, officer.user_id).may_still("start", today)
    with clock.shifted(timedelta(days=1)):
        assert not sees(officer, case)
        assert not standing(case.pk, officer.user_id).may_still("start", clock.today())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ruling": "lifted", "reason": " "}, "reason"),
        ({"ruling": "allowed", "reason": "x", "action": "start"}, "until"),
        ({"ruling": "allowed", "reason": "x", "action": "fly", "until": clock.today()}, "action"),
        ({"ruling": "forgotten", "reason": "x"}, "ruling"),
    ],
)
def test_a_ruling_is_whole_or_not_taken(case, officer, head, values, field):
    declare_jav(case=case, actor=officer, answer="yes")
    with pytest.raises(Invalid) as wrong:
        rule_on_jav(case=case, person=user(officer), actor=head, **values)
    assert field in wrong.value.fields


def test_a_ruling_that_does_not_fit_is_refused(case, officer, head):
    with pytest.raises(NotNow):
        rule_on_jav(case=case, person=user(officer), actor=head, ruling="lifted", reason="Var aldrig ute")


def test_a_person_of_another_district_has_nothing_to_declare(case):
    other = people.actor(Role.GRANT_OFFICER, at=people.district("SÖD"))
    with pytest.raises(NotAllowed):
        declare_jav(case=case, actor=other, answer="none")


def test_the_coordinator_may_declare_without_seeing_cases(case):
    coordinator = people.actor(Role.COORDINATOR)
    declare_jav(case=case, actor=coordinator, answer="none")
    assert not sees(coordinator, case)
