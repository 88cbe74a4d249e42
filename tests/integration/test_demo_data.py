"""The demo's data: whole, labelled, the same after a second run, and without a breach."""

import pytest

from applications.cases.models import Case
from applications.examples import demo
from vetting.accounts.models import User
from vetting.kernel.workflow import invariants

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_demo_is_loaded_once_and_breaks_nothing(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    stories = [story for story in (*demo.KUNGSHOLMEN, *demo.SODERMALM) if story.state]
    assert demo.load_demo(password="ett-gott-losenord") == len(stories)
    assert demo.load_demo(password="ett-gott-losenord") == 0
    assert Case.objects.count() == len(stories)
    assert {case.state for case in Case.objects.all()} == {
        "granted" if story.state == "granted_by_board" else story.state for story in stories
    }
    assert User.objects.get(username="handlaggare").check_password("ett-gott-losenord")
    assert [breach for _, check in invariants.items() for breach in check()] == []
