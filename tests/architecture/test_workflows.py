"""Each machine says the same in its rows, in the library, in the registries and in the addresses."""

import pytest
from django.urls import reverse

from tests.docs.workflows import own_kinds
from tests.workflow import handled, trial
from vetting.audit.verbs import verbs
from vetting.kernel import workflow as registry
from vetting.kernel.fsm import transitions_of
from vetting.kernel.workflow import Kind, OneOf, effects, guards, kinds, promises

KEY = "00000000-0000-0000-0000-000000000000"
KINDS = [pytest.param(kind, id=code) for code, kind in own_kinds()]


@pytest.fixture(autouse=True, scope="module")
def _machines() -> None:
    trial.install()
    handled.install()


@pytest.mark.parametrize("kind", [*KINDS, "trial", "handled"])
def test_rows_are_the_librarys_transitions(kind):
    kind = kinds[kind] if isinstance(kind, str) else kind
    rows = {
        (row.action, source, row.target.states if isinstance(row.target, OneOf) else (row.target,))
        for row in kind.workflow.rows
        for source in row.sources
    }
    assert transitions_of(kind.model) == rows


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_names_only_what_is_registered(kind: Kind):
    for row in kind.workflow.rows:
        assert [name for name in row.then if name not in effects] == [], row.action
        assert [name for name in row.needs if name not in guards] == [], row.action


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_has_its_sentence_in_the_log(kind: Kind):
    wanted = {f"{kind.code}.{action}" for action in ("create", *kind.workflow.actions())}
    assert {code for code in wanted if code not in verbs} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_and_page_has_an_address(kind: Kind):
    for row in kind.workflow.rows:
        if row.form:
            assert reverse(row.form, args=[KEY]), row.action
    if kind.page:
        assert reverse(kind.page, args=[KEY])


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_can_be_reached(kind: Kind):
    machine = kind.workflow
    reached, grown = set(), {machine.initial}
    while grown != reached:
        reached = set(grown)
        for row in machine.rows:
            if reached & set(row.sources):
                grown |= set(row.target.states if isinstance(row.target, OneOf) else (row.target,))
    assert {state.code for state in machine.states} - reached == set()


def test_a_promise_belongs_to_an_effect():
    assert [name for name in promises if name not in effects] == []


def test_the_kernels_registries_are_all_there():
    names = {"guards", "effects", "promises", "kinds", "invariants", "facts"}
    assert {name for name in dir(registry) if isinstance(getattr(registry, name), registry.Registry)} == names
