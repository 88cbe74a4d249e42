"""A paper the register holds is not asked for again: on the pages, in a completion, in the formal check (A8)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from applications.associations.choices import CheckResult, DocumentKind
from applications.associations.services.keep_documents import add_document, check_document
from applications.grants.review_cycle import reviews_of
from applications.grants.selectors import missing_attachments
from applications.grants.services.enter_application import edit_application
from tests.factories import grants, people, programmes
from vetting.accounts.models import User
from vetting.kernel import clock

pytestmark = pytest.mark.django_db
PAPERS = [{"code": kind, "kind": kind} for kind in ("statutes", "annual_minutes", "audit_report", "giro_proof")]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def walk():
    """The statutes and the minutes come with the application; the others are asked for and do not."""
    staff = grants.office()
    call = programmes.call(programmes.published(at=staff.district, attachments=PAPERS))
    made = grants.grant(staff, call=call)
    made.walk("registered")
    return made


def keep(walk, kind, *, at=None, days=30):
    return add_document(
        actor=walk.staff.officer if at is None else people.actor("grant_officer", at=at),
        association=walk.association,
        district=at or walk.staff.district,
        kind=kind,
        dated_on=clock.today() - timedelta(days=days),
    )


def lacking(walk):
    return [kind for kind, _name in missing_attachments(walk.case, walk.case.documents.all())]


def test_what_the_register_holds_is_not_missing(walk):
    assert lacking(walk) == ["audit_report", "giro_proof"]
    keep(walk, DocumentKind.AUDIT_REPORT)
    keep(walk, DocumentKind.GIRO_PROOF, at=people.district("SÖD"))  # another district's register
    assert lacking(walk) == ["giro_proof"]


def test_a_paper_found_incomplete_is_asked_for(walk):
    paper = keep(walk, DocumentKind.AUDIT_REPORT)
    check_document(
        actor=walk.staff.officer,
        document=paper,
        expected_version=1,
        result=CheckResult.INCOMPLETE,
        signed=True,
        note="Sidan 2 saknas.",
    )
    assert lacking(walk) == ["audit_report", "giro_proof"]


def test_the_case_page_says_where_each_paper_is(walk, client):
    keep(walk, DocumentKind.AUDIT_REPORT)
    client.force_login(User.objects.get(pk=walk.staff.officer.user_id))
    content = client.get(f"/arenden/{walk.case.key}/").content.decode()
    asked = content[content.index("Det här frågar stödformen efter") :].split("</li>")
    assert "Inlämnad" in asked[0] and "Inlämnad" in asked[1]
    assert "Finns i registret" in asked[2]
    assert f"daterad {(clock.today() - timedelta(days=30)).isoformat()}, inte kontrollerad än" in asked[2]
    assert "Saknas" in asked[3]


def test_the_formal_check_is_suggested_a_yes_when_register_and_application_are_whole_together(walk):
    for kind in (DocumentKind.AUDIT_REPORT, DocumentKind.GIRO_PROOF):
        keep(walk, kind)
    walk.start_check()
    assert [row.value for row in reviews_of(walk.case)[1].prefills.filter(question="A8")] == ["ja"]


def test_what_completes_the_papers_is_suggested_when_it_is_registered(walk):
    walk.start_check()
    review = reviews_of(walk.case)[1]
    assert not review.prefills.filter(question="A8").exists()
    walk.ask_for_completion()
    walk.paper(DocumentKind.GIRO_PROOF)
    walk.get_completion()
    assert [row.value for row in review.prefills.filter(question="A8")] == ["ja"]


def test_a_corrected_sum_is_held_against_the_ceiling_at_once():
    staff = grants.office()
    walk = grants.grant(
        staff, call=programmes.call(programmes.published(at=staff.district, amounts={"cap_kr": 50_000}))
    )
    walk.walk("formal_check")
    case = walk.case
    edit_application(
        actor=staff.officer, application=case, values={"applied_amount": Decimal(60_000)}, expected_version=case.version
    )
    (prefill,) = reviews_of(case)[1].prefills.filter(question="A22")
    assert prefill.circumstances == ["over_cap"]
