"""The programme's rules where an officer meets them, in the browser: intake, case page, proposal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from applications.associations.choices import DocumentKind
from applications.associations.services.keep_documents import add_document
from applications.examples.scenarios.grant_case import GrantCase
from tests.browser.visitor import Visitor
from tests.factories import grants, programmes
from vetting.accounts.models import User
from vetting.kernel import clock

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def walk(site: str) -> GrantCase:
    """Over the ceiling, in a programme with forms, with one paper in the register and one missing."""
    staff = grants.office()
    name = {"sv": "Verksamhetsstöd till föreningar i hela stadsdelsområdet", "en": "Operating grant"}
    version = programmes.published(
        at=staff.district,
        amounts={"cap_kr": 20_000},
        forms=[{"code": "verksamhet", "name": name, "per_year": 1}],
        values={"statutes_must_show": [{"sv": "Demokratiska principer", "en": "Democratic principles"}]},
        attachments=[{"code": kind, "kind": kind} for kind in ("activity_report", "audit_report")],
    )
    made = grants.grant(staff, call=programmes.call(version), amount=Decimal(45_000))
    add_document(
        actor=staff.officer,
        association=made.association,
        district=staff.district,
        kind=DocumentKind.ACTIVITY_REPORT,
        dated_on=clock.today() - timedelta(days=40),
    )
    return made


def test_from_intake_to_proposal(visit: Visit, walk: GrantCase) -> None:
    visitor = visit(User.objects.get(pk=walk.staff.officer.user_id))
    visitor.open(f"/ansokan/ny/{walk.association.key}/")
    visitor.assert_page()
    walk.walk("draft")
    page = visitor.open(f"/ansokan/{walk.case.key}/ta-emot/")
    assert "Stödformen ger högst" in page.inner_text("main")
    visitor.assert_page()
    for step in (walk.receive, walk.register, walk.start_check):
        step()
    page = visitor.open(f"/arenden/{walk.case.key}/")
    visitor.assert_page()
    page.get_by_role("link", name="A12a").click()
    assert page.url.endswith("#A12a")
    walk.start_review()
    page = visitor.open(f"/arenden/{walk.case.key}/beslut/forslag/")
    page.select_option("#id_outcome", "full")
    assert page.is_visible("#id_special_reasons_text")
    visitor.assert_page()
