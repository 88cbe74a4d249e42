"""A form sent twice has one effect, and the second answer is the first one's (trust F1), on pages of every kind."""

import io
import uuid

import pytest
from django.urls import reverse

from applications.cases.models import CaseDocument, Note
from applications.decisions.models import BoardMeeting
from applications.examples.scenarios.papers import one_page_pdf
from tests.factories import grants
from vetting.accounts.models import User
from vetting.jobs.models import IdempotencyKey
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def sign_in(client):
    def do(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return do


def paper(line: str = "Stadgar") -> io.BytesIO:
    file = io.BytesIO(one_page_pdf(line))
    file.name = "stadgar.pdf"
    return file


def form(**said) -> dict:
    return {"idempotency_key": str(uuid.uuid4()), **said}


class TestAStep:
    def test_taken_twice_leads_to_the_case_both_times(self, sign_in):
        walk = grants.walked("formal_check")
        walk.answer_all()
        client, url = sign_in(walk.staff.officer), reverse("take-step", args=[walk.case.key, "start_review"])
        sent = form(version=walk.case.version, comment="")
        first, second = client.post(url, sent), client.post(url, sent)
        assert (first.status_code, second.status_code) == (302, 302)
        assert first.headers["Location"] == second.headers["Location"]
        assert walk.case.state == "review"
        assert walk.case.state_changes.filter(action="start_review").count() == 1

    def test_that_somebody_else_took_first_shows_what_was_written(self, sign_in):
        walk = grants.walked("formal_check")
        walk.answer_all()
        client, url = sign_in(walk.staff.officer), reverse("take-step", args=[walk.case.key, "start_review"])
        version = walk.case.version
        client.post(url, form(version=version, comment=""))
        late = client.post(url, form(version=version, comment="Min långa <b>kommentar</b>."))
        body = late.content.decode()
        assert late.status_code == 409
        assert "Min långa &lt;b&gt;kommentar&lt;/b&gt;." in body
        assert body.count("readonly") == 1  # no key, version or token
        assert "readonly" not in client.get(url).content.decode()

    def test_that_was_refused_may_be_sent_again(self, sign_in):
        walk = grants.walked("formal_check")
        client, url = sign_in(walk.staff.officer), reverse("take-step", args=[walk.case.key, "start_review"])
        sent = form(version=walk.case.version, comment="")
        assert client.post(url, sent).status_code == 409
        walk.answer_all()
        assert client.post(url, sent).status_code == 302

    def test_of_somebody_else_is_no_repeat(self, sign_in):
        walk = grants.walked("formal_check")
        walk.answer_all()
        url = reverse("take-step", args=[walk.case.key, "start_review"])
        sent = form(version=walk.case.version, comment="")
        assert sign_in(walk.staff.officer).post(url, sent).status_code == 302
        assert sign_in(walk.staff.colleague).post(url, sent).status_code == 409

    def test_with_a_new_key_is_told_that_the_case_has_moved_on(self, sign_in):
        walk = grants.walked("formal_check")
        walk.answer_all()
        client, url = sign_in(walk.staff.officer), reverse("take-step", args=[walk.case.key, "start_review"])
        sent = form(version=walk.case.version, comment="")
        assert client.post(url, sent).status_code == 302
        assert client.post(url, form(version=walk.case.version, comment="")).status_code == 409


class TestADocument:
    def sent(self, key: str, line: str = "Stadgar") -> dict:
        said = {"kind": "statutes", "direction": "in", "channel": "in_person", "reached_on": clock.today()}
        return said | {"idempotency_key": key, "file": paper(line)}

    def test_added_twice_is_one(self, sign_in):
        walk = grants.walked("formal_check")
        client, url, key = sign_in(walk.staff.officer), reverse("add-document", args=[walk.case.key]), str(uuid.uuid4())
        before = CaseDocument.objects.count()
        answers = [client.post(url, self.sent(key)) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 302]
        assert CaseDocument.objects.count() == before + 1

    def test_another_file_with_the_same_key_is_another(self, sign_in):
        """The browser's arrow back shows the form with its old key: what is chosen then is not lost."""
        walk = grants.walked("formal_check")
        client, url, key = sign_in(walk.staff.officer), reverse("add-document", args=[walk.case.key]), str(uuid.uuid4())
        before = CaseDocument.objects.count()
        for line in ("Stadgar", "Stadgar, antagna i mars"):
            assert client.post(url, self.sent(key, line)).status_code == 302
        assert CaseDocument.objects.count() == before + 2


def test_two_notes_with_one_key_are_two(sign_in):
    walk = grants.walked("formal_check")
    client, url, key = sign_in(walk.staff.officer), reverse("write-note", args=[walk.case.key]), str(uuid.uuid4())
    for text in ("Ett samtal.", "Ett annat samtal.", "Ett annat samtal."):
        assert client.post(url, {"idempotency_key": key, "text": text, "secrecy": "none"}).status_code == 302
    assert Note.objects.count() == 2


def test_a_meeting_entered_twice_is_one(sign_in):
    walk = grants.walked("registered")
    client, url = sign_in(walk.staff.secretary), reverse("plan-meeting")
    sent = form(district=walk.staff.district.pk, body="board", date="2027-03-01", place="")
    answers = [client.post(url, sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert BoardMeeting.objects.count() == 1


def test_what_is_kept_names_no_words(sign_in):
    walk = grants.walked("formal_check")
    client = sign_in(walk.staff.officer)
    client.post(reverse("write-note", args=[walk.case.key]), form(text="Ett samtal med kassören.", secrecy="none"))
    kept = IdempotencyKey.objects.get(purpose="submit:write-note")
    assert list(kept.answer) == ["url"] and "samtal" not in str(kept.answer)
