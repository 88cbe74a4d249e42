"""Programmes under races: real connections, real commits."""

import pytest

from applications.grants.models import ProgrammeVersion
from applications.grants.programmes.services.drafts import start_draft
from applications.grants.programmes.services.publish import publish_version
from tests.factories import people, programmes
from tests.threads import at_once
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.errors import NotNow


def publish(version, actor):
    return publish_version(actor=actor, version=version, valid_from=clock.today(), revision=version.revision)


@pytest.mark.race
def test_two_heads_publish_at_once_and_one_does(real_db):
    version = programmes.draft()
    heads = [people.actor(Role.UNIT_HEAD) for _ in range(4)]
    answers = at_once(4, lambda index: publish(version, heads[index]))
    assert sum(isinstance(answer, ProgrammeVersion) for answer in answers) == 1
    assert all(isinstance(answer, ProgrammeVersion | NotNow) for answer in answers)


@pytest.mark.race
def test_drafts_started_at_once_are_one_draft(real_db):
    version = programmes.published()
    officers = [people.actor(Role.GRANT_OFFICER) for _ in range(4)]
    drafts = at_once(4, lambda index: start_draft(actor=officers[index], programme=version.programme))
    assert {draft.number for draft in drafts} == {2}
