"""Ways round the rules that somebody could try with a valid login: each is shut where it would be taken."""

import io
import json
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from applications.cases.models import CaseDocument, CaseReview, Note
from applications.cases.services.add_document import Upload, add_document
from applications.cases.services.jav import declare_jav
from applications.cases.services.notes import write_note
from applications.decisions.models import Proposal
from applications.decisions.services.announce import take_down
from applications.decisions.services.save_proposal import save_proposal
from applications.examples.scenarios.papers import one_page_pdf
from applications.grants.services.enter_application import Cost, edit_application
from applications.grants.services.receive_application import officers, receive_application
from checklists.hosts import reasons_against
from checklists.services.reopen_review import reopen_review
from tests.factories import grants, people
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.audit.models import Event, Payload
from vetting.audit.services import read_payload
from vetting.jobs.idempotency import KeyOfAnother
from vetting.kernel import clock
from vetting.kernel.errors import NotAllowed, NotFound, NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def login(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def paper() -> io.BytesIO:
    file = io.BytesIO(one_page_pdf("Stadgar"))
    file.name = "stadgar.pdf"
    return file


class TestARightInOneDistrictIsNoneInAnother:
    @pytest.fixture
    def walk(self):
        return grants.walked("draft")

    @pytest.fixture
    def reader(self, walk):
        """Reads cases where the application is; may add papers only in a district of their own."""
        person = people.user(Role.SECOND_READER, at=walk.case.district)
        return people.also(person, Role.GRANT_OFFICER, at=people.district("SOD"))

    def test_no_paper_is_added_to_its_application(self, walk, reader, client):
        before = CaseDocument.objects.count()
        url = reverse("application-documents", args=[walk.case.key])
        sent = {"kind": "statutes", "dated_on": "2026-01-01", "file": paper()}
        assert login(client, reader).post(url, sent).status_code == 403
        assert CaseDocument.objects.count() == before

    def test_nor_by_the_service(self, walk, reader):
        content = one_page_pdf("Stadgar")
        upload = Upload(io.BytesIO(content), "stadgar.pdf", len(content))
        with pytest.raises(NotAllowed):
            add_document(case=walk.case, actor=reader, kind="statutes", upload=upload)


def test_a_person_out_of_the_case_adds_no_paper():
    walk = grants.walked("formal_check")
    declare_jav(case=walk.case, actor=walk.staff.officer, answer="yes")
    with pytest.raises(NotFound):
        add_document(case=walk.case, actor=walk.staff.officer, kind="statutes")


class TestAKeyStandsForOneIntent:
    def test_another_case_is_not_answered_with_it(self):
        office = grants.office()
        first, second = grants.grant(office), grants.grant(office)
        first.walk("formal_check")
        second.walk("formal_check")
        key = uuid.uuid4()
        write_note(case=first.case, actor=office.officer, text="Ett samtal.", key=key)
        with pytest.raises(KeyOfAnother):
            write_note(case=second.case, actor=office.officer, text="Ett annat samtal.", key=key)
        assert Note.objects.count() == 1
        write_note(case=first.case, actor=office.officer, text="Ett samtal.", key=key)
        assert Note.objects.count() == 1

    def test_a_double_receipt_is_one(self):
        walk = grants.walked("draft")
        case, key = walk.case, uuid.uuid4()
        given = {
            "actor": walk.staff.officer,
            "application": case,
            "officer": officers(case.district_id).first(),
            "expected_version": case.version,
            "key": key,
        }
        receive_application(**given)
        receive_application(**given)
        assert walk.case.state == "registered"


class TestASignedReview:
    @pytest.mark.parametrize("state", ["second_reading", "proposed", "granted"])
    def test_is_opened_again_by_the_step_alone(self, state, client):
        walk = grants.walked(state)
        walk.declare(walk.staff.reader)
        review = CaseReview.objects.filter(case_id=walk.pk).first().review
        with pytest.raises(NotNow):
            reopen_review(review=review, actor=walk.staff.reader, why="Jag vill.", case=walk.case.key)
        page = login(client, walk.staff.reader)
        address = reverse("reopen-review", args=["case", walk.case.key])
        assert page.post(address, {"why": "Jag vill."}).status_code == 409
        assert address not in page.get(reverse("show-review", args=["case", walk.case.key])).content.decode()
        review.refresh_from_db()
        assert review.state == "complete"

    def test_shared_by_two_cases_is_closed_to_whoever_is_out_of_one(self):
        office = grants.office()
        first, second = grants.grant(office), grants.grant(office)
        second.association = first.association
        first.walk("review")
        second.walk("formal_check")
        shared = {one.review_id for one in CaseReview.objects.filter(case_id=first.pk)}
        link = CaseReview.objects.get(case_id=second.pk, review_id__in=shared)
        assert not reasons_against(link.review, office.officer, "review.answered")
        declare_jav(case=first.case, actor=office.officer, answer="yes")
        assert [one.code for one in reasons_against(link.review, office.officer, "review.answered")] == ["jav_out"]


def test_a_correction_keeps_what_stood_before():
    walk = grants.walked("registered")
    case = walk.case
    sums = Decimal(9000)
    edit_application(
        actor=walk.staff.officer,
        application=case,
        values={"applied_amount": sums},
        budget=[Cost("Lokalhyra", sums, sums)],
        expected_version=case.version,
    )
    event = Event.objects.get(verb="grant.edited")
    assert json.loads(bytes(event.canonical))["data"]["fields"] == ["applied_amount", "budget"]
    kept = read_payload(Payload.objects.get(pk=event.payload_id))
    assert Decimal(kept["applied_amount"]["before"]) == case.applied_amount
    assert [one["cost"] for one in kept["budget"]["before"]] == ["Ledararvoden", "Lokalhyra"]


def test_a_person_out_of_the_case_corrects_nothing():
    walk = grants.walked("formal_check")
    case = walk.case
    declare_jav(case=case, actor=walk.staff.officer, answer="yes")
    with pytest.raises(NotFound):
        edit_application(
            actor=walk.staff.officer,
            application=case,
            values={"purpose": "Annat"},
            expected_version=walk.case.version,
        )


def test_a_person_out_of_the_case_takes_no_notice_down():
    walk = grants.walked("granted")
    track = walk.track
    declare_jav(case=walk.case, actor=walk.staff.registrar, answer="yes")
    with pytest.raises(NotFound):
        take_down(track=track, actor=walk.staff.registrar, day=clock.today(), expected_version=track.version)


def test_only_the_writer_of_a_rule_as_it_stands_signs_it():
    from applications.decisions.models import LetterTemplateVersion
    from applications.decisions.services.rule_versions import draft_letter, publish_rule, sign_letter

    office = grants.office()
    shipped = LetterTemplateVersion.objects.filter(district=office.district).first()
    lawyers = [people.actor(Role.LAWYER, at=office.district) for _ in range(2)]
    head, other = (people.actor(Role.UNIT_HEAD, at=office.district) for _ in range(2))
    draft = draft_letter(district=office.district, code=shipped.code, content=shipped.content, actor=lawyers[0])
    seen_before = LetterTemplateVersion.objects.select_related("district").get(pk=draft.pk)
    sign_letter(version=draft, actor=lawyers[0])
    with pytest.raises(NotNow):
        sign_letter(version=seen_before, actor=lawyers[1])
    seen_before.signed_by = lawyers[1].reference
    day = clock.today() + timedelta(days=1)
    publish_rule(version=draft, actor=head, valid_from=day)
    stale = LetterTemplateVersion.objects.select_related("district").get(pk=draft.pk)
    stale.status = "draft"
    with pytest.raises(NotNow):
        publish_rule(version=stale, actor=other, valid_from=day + timedelta(days=1))
    draft.refresh_from_db()
    assert (draft.signed_by, draft.published_by) == (lawyers[0].reference, head.reference)


@pytest.mark.parametrize("typed", ["\x00", "x\x00y", "\u202exyz", "%", "\\", "x" * 7000])
def test_a_search_with_odd_signs_finds_nothing_and_breaks_nothing(typed, client):
    client.force_login(people.user(Role.GRANT_OFFICER))
    for name in ("new-application", "list-associations", "list-cases"):
        assert client.get(reverse(name), {"q": typed}).status_code in {200, 400}


class TestAProposal:
    def test_is_not_written_before_its_writer_has_declared(self):
        walk = grants.walked("review")
        with pytest.raises(NotNow):
            save_proposal(case=walk.case, actor=walk.staff.colleague, values={"facts": "Ord."}, expected_version=0)
        assert not Proposal.objects.filter(case_id=walk.pk).exists()

    def test_typed_while_the_case_moved_on_stays_on_the_page(self, client):
        walk = grants.walked("proposed")
        walk.declare(walk.staff.officer)
        version = walk.proposal.version
        walk.declare(walk.staff.unit_head)
        walk.perform("return_proposal", walk.staff.unit_head, comment="Se över summan.")
        walk.ask_for_completion()
        walk.perform("completed", walk.staff.officer, data={"received": [0], "arrived_on": clock.today(), "note": ""})
        walk.consult()
        sent = {"version": version, "facts": "Det jag just skrev."}
        page = login(client, walk.staff.officer).post(reverse("edit-proposal", args=[walk.case.key]), sent)
        assert page.status_code == 409
        assert "Det jag just skrev." in page.content.decode()

    def test_changed_to_a_refusal_after_the_reading_goes_back(self):
        walk = grants.walked("proposed")
        change = {"outcome": "refused", "amount": None, "lines": []}
        save_proposal(case=walk.case, actor=walk.staff.officer, values=change, expected_version=walk.proposal.version)
        walk.declare(walk.staff.unit_head)
        with pytest.raises(NotNow) as refused:
            walk.decide()
        assert "reading_owed" in [one.code for one in refused.value.reasons]

    def test_to_dismiss_is_not_decided_by_whoever_wrote_it(self):
        walk = grants.walked("formal_check")
        head = walk.staff.unit_head
        walk.declare(head)
        values = {"outcome": "dismissed", "reason_class": "formal"}
        save_proposal(case=walk.case, actor=head, values=values, expected_version=0)
        with pytest.raises(NotNow) as refused:
            walk.decide()
        assert "same_person" in [one.code for one in refused.value.reasons]
