"""Four eyes: whoever prepared a case neither reads nor decides it (docs/domain.md §6.2 F3, §7; design §2.5)."""

import pytest

from applications.cases import executor
from applications.decisions.models import Proposal, ProposalSave
from applications.decisions.services.save_proposal import save_proposal
from applications.grants.review_cycle import reviews_of
from tests.factories import grants, people, reviews
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def refused(step) -> list[str]:
    with pytest.raises(NotNow) as error:
        step()
    return [one.code for one in error.value.reasons]


def writes(walk, person, **words) -> None:
    values = words or {"assessment": "Verksamheten når de boende och villkoren är uppfyllda."}
    standing = Proposal.objects.filter(case_id=walk.pk, status="open").first()
    version = standing.version if standing else 0
    save_proposal(case=walk.case, actor=person, values=values, expected_version=version)


def reader_too(walk, person):
    """The person as second reader besides."""
    return people.also(User.objects.get(pk=person.user_id), Role.SECOND_READER, at=walk.case.district)


class TestTheDecider:
    def test_who_rewrote_the_reasons_does_not_decide(self):
        walk = grants.walked("proposed")
        walk.declare(walk.staff.unit_head)
        writes(walk, walk.staff.unit_head)
        proposal = Proposal.objects.get(case_id=walk.pk)
        assert proposal.written_by == walk.staff.officer.reference
        assert "same_person" in refused(lambda: walk.perform("grant", walk.staff.unit_head))

    def test_who_only_returned_it_with_a_comment_decides(self):
        walk = grants.walked("proposed")
        walk.declare(walk.staff.unit_head)
        walk.perform("return_proposal", walk.staff.unit_head, comment="Förklara summan.")
        walk.submit()
        walk.read()
        walk.perform("grant", walk.staff.unit_head)
        assert walk.case.state == "granted"

    def test_who_answered_in_the_review_does_not_decide(self):
        walk = grants.walked("review")
        walk.declare(walk.staff.unit_head)
        review = next(one for one in reviews_of(walk.case) if "A5" in one.asked)
        reviews.answer(review, "A5", "ja", walk.staff.unit_head, "Prövat igen mot stadgarna.")
        for step in (walk.propose, walk.submit, walk.read):
            step()
        assert "same_person" in refused(lambda: walk.perform("grant", walk.staff.unit_head))

    def test_an_answer_that_was_changed_since_counts_too(self):
        walk = grants.walked("review")
        walk.declare(walk.staff.unit_head)
        review = next(one for one in reviews_of(walk.case) if "A5" in one.asked)
        reviews.answer(review, "A5", "ja", walk.staff.unit_head, "Prövat igen mot stadgarna.")
        reviews.answer(review, "A5", "ja", walk.staff.officer, "Prövat en gång till.")
        for step in (walk.propose, walk.submit, walk.read):
            step()
        assert "same_person" in refused(lambda: walk.perform("grant", walk.staff.unit_head))

    def test_the_button_says_so_before_it_is_pressed(self, client):
        walk = grants.walked("proposed")
        walk.declare(walk.staff.unit_head)
        writes(walk, walk.staff.unit_head)
        client.force_login(User.objects.get(pk=walk.staff.unit_head.user_id))
        page = client.get(f"/arenden/{walk.case.key}/").content.decode()
        assert "En annan person ska besluta" in page


class TestTheSecondReader:
    def read(self, walk, person) -> None:
        walk.declare(person)
        executor.perform(subject=walk.case, action="confirm_review", actor=person)

    def test_who_wrote_a_later_version_of_the_proposal_does_not_read(self):
        walk = grants.walked("review")
        walk.declare(walk.staff.colleague)
        walk.propose()
        writes(walk, walk.staff.colleague)
        walk.submit()
        assert walk.case.state == "second_reading"
        both = reader_too(walk, walk.staff.colleague)
        assert refused(lambda: executor.perform(subject=walk.case, action="confirm_review", actor=both)) == [
            "same_person"
        ]

    def test_who_answered_does_not_read(self):
        walk = grants.walked("review")
        walk.declare(walk.staff.colleague)
        review = next(one for one in reviews_of(walk.case) if "A5" in one.asked)
        reviews.answer(review, "A5", "ja", walk.staff.colleague, "Prövat igen mot stadgarna.")
        walk.propose()
        walk.submit()
        both = reader_too(walk, walk.staff.colleague)
        assert refused(lambda: executor.perform(subject=walk.case, action="confirm_review", actor=both)) == [
            "same_person"
        ]

    def test_a_colleague_who_prepared_nothing_reads(self):
        walk = grants.walked("second_reading")
        self.read(walk, reader_too(walk, walk.staff.colleague))
        assert walk.case.state == "proposed"


def test_every_version_has_its_writer():
    walk = grants.walked("review")
    walk.declare(walk.staff.colleague)
    walk.propose()
    writes(walk, walk.staff.colleague)
    saves = ProposalSave.objects.filter(proposal__case_id=walk.pk).order_by("version").values_list("version", "by")
    assert list(saves) == [(1, walk.staff.officer.reference), (2, walk.staff.colleague.reference)]
