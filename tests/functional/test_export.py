"""The queue as a file: asked for, made by the worker, fetched by whoever asked and by nobody else."""

import csv
import io
import uuid

import pytest
from openpyxl import load_workbook

from applications.associations.models import Association
from applications.cases.models import Case
from tests.factories import volume
from vetting.audit.models import Event
from vetting.jobs.models import Job, JobState
from vetting.jobs.services import run, take_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def client():
    volume.fill(60)
    return volume.signed_in("handlaggare")


def ask(client, query="vy=oppna", format="csv", key=None):
    return client.post(f"/arenden/hamta/?{query}", {"format": format, "idempotency_key": key or uuid.uuid4()})


def made(client, **kwargs) -> tuple[str, bytes]:
    """Asks, lets the worker work, and fetches: the job's page and the file."""
    page = ask(client, **kwargs)["Location"]
    job = take_one()
    run(job)
    content = client.get(page).content.decode()
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error_code
    return content, b"".join(client.get(f"/filer/{job.result['file']}/").streaming_content)


def test_the_page_of_the_work_waits_then_gives_the_file(client):
    page = ask(client)["Location"]
    assert 'hx-trigger="every 2s"' in client.get(page).content.decode()
    run(take_one())
    content = client.get(page).content.decode()
    assert "hx-trigger" not in content
    assert "/filer/" in content
    assert "<html" not in client.get(page, headers={"HX-Request": "true"}).content.decode()


def test_csv_holds_every_case_of_the_wish_in_its_order(client):
    _page, content = made(client)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) - 1 == Case.objects.filter(is_open=True).count()
    dues = [row[7] for row in rows[1:]]
    assert dues == sorted(dues)
    assert Event.objects.filter(verb="cases.exported").count() == 1


def test_xlsx_has_numbers_as_numbers_and_no_formula(client):
    Association.objects.filter(cases__is_open=True).update(name='=HYPERLINK("http://x")')
    _page, content = made(client, format="xlsx")
    sheet = load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == Case.objects.filter(is_open=True).count()
    assert {row[1].data_type for row in rows} == {"s"}
    assert all(str(row[1].value).startswith("'=") for row in rows)
    assert {row[9].data_type for row in rows} == {"n"}


def test_only_whoever_asked_sees_the_work_and_the_file(client):
    page = ask(client)["Location"]
    run(take_one())
    file = Job.objects.get().result["file"]
    other = volume.signed_in("handlaggare2")
    assert other.get(page).status_code == 404
    assert other.get(f"/filer/{file}/").status_code == 404


def test_whoever_left_the_page_finds_the_work_and_its_file_again(client):
    page = ask(client, format="xlsx")["Location"]
    assert '<a href="/jobb/">' in client.get("/arenden/?vy=oppna").content.decode().replace(' class="v-small"', "")
    assert page in client.get("/jobb/").content.decode()
    run(take_one())
    file = Job.objects.get().result["file"]
    assert f"/filer/{file}/" in client.get("/jobb/").content.decode()
    others = volume.signed_in("handlaggare2").get("/jobb/").content.decode()
    assert page not in others
    assert "v-empty" in others


def test_a_second_submit_is_the_same_work(client):
    key = uuid.uuid4()
    assert ask(client, key=key)["Location"] == ask(client, key=key)["Location"]
    assert Job.objects.count() == 1


def test_a_format_that_is_not_offered_is_refused(client):
    assert ask(client, format="pdf").status_code == 400
    assert not Job.objects.exists()


def test_a_filter_that_cannot_be_read_gives_an_empty_file_never_all(client):
    _page, content = made(client, query="tillstand=nonsens")
    assert len(content.decode("utf-8-sig").splitlines()) == 1


def test_work_that_failed_says_so_and_what_to_do(client):
    page = ask(client)["Location"]
    Job.objects.update(state=JobState.FAILED, error_code="disk_full")
    assert "disk_full" in client.get(page).content.decode()
