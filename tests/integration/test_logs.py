"""No log line holds what somebody wrote: not the house's own, not Django's, not Celery's, not gunicorn's."""

import io
import logging
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import management
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.glogging import Logger

from tests.factories import people
from vetting import gunicorn
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.jobs import services
from vetting.jobs.kinds import job_kinds
from vetting.jobs.models import Job, JobState
from vetting.kernel import clock, logs

NAME = "Solveig Exempelsson"


def poisoned(arguments: dict[str, Any], progress: Any) -> dict[str, Any]:
    raise LookupError(f"{arguments['who']} finns inte")


@pytest.fixture
def failed_job(real_db: str) -> Job:
    if "trial_poison" not in job_kinds:
        job_kinds.register("trial_poison", poisoned, owner=__name__)
    person = people.user(Role.GRANT_OFFICER)
    return services.ask(
        kind="trial_poison", actor=person.reference, district_id=people.district().pk, arguments={"who": NAME}
    )


@pytest.mark.race
def test_a_poisoned_job_leaks_nothing(lines: io.StringIO, failed_job: Job) -> None:
    for _attempt in range(services.MAX_ATTEMPTS):
        Job.objects.update(run_after=clock.now())
        taken = services.take_one()
        assert taken is not None
        services.run(taken)
    failed_job.refresh_from_db()
    assert failed_job.state == JobState.FAILED
    said = lines.getvalue()
    assert said.count("job.failed") == services.MAX_ATTEMPTS
    assert str(failed_job.key) in said and "LookupError" in said and "test_logs.py" in said and "poisoned" in said
    assert "Solveig" not in said and "finns inte" not in said


@pytest.mark.race
def test_its_words_are_for_whoever_asked(failed_job: Job, client: Client) -> None:
    Job.objects.update(attempts=services.MAX_ATTEMPTS - 1)
    taken = services.take_one()
    assert taken is not None
    services.run(taken)
    address = reverse("show-job", args=[failed_job.key])
    client.force_login(User.objects.get(key=failed_job.asked_by.removeprefix("user:")))
    assert f"{NAME} finns inte" in client.get(address).content.decode()
    client.force_login(people.user(Role.SYSTEM_ADMIN))
    assert client.get(address).status_code == 404


def test_an_exception_is_told_by_class_and_place(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(f"om {NAME}") from error
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/foreningar/")
    said = lines.getvalue()
    assert "Internal Server Error: /foreningar/" in said
    assert "ValueError" in said and "KeyError" in said and "test_logs.py" in said
    assert "Solveig" not in said


@pytest.mark.django_db
def test_a_row_that_the_database_quotes_is_not(lines: io.StringIO) -> None:
    person = people.user()
    User.objects.filter(pk=person.pk).update(username="solveig")
    with pytest.raises(IntegrityError, match="solveig") as refused, transaction.atomic():
        User.objects.create(username="solveig", name=NAME)
    logging.getLogger("django.request").error("Internal Server Error", exc_info=refused.value)
    assert "IntegrityError" in lines.getvalue() and "solveig" not in lines.getvalue()


def test_celerys_own_lines_hold_no_arguments(lines: io.StringIO) -> None:
    said = {
        "hostname": "w1",
        "id": "4f1c",
        "name": "vetting.jobs.tick",
        "exc": f"ValueError('{NAME}')",
        "traceback": NAME,
        "args": f"('{NAME}',)",
        "kwargs": "{}",
        "description": "raised unexpected",
    }
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("celery.app.trace").exception("Task %(name)s[%(id)s] %(description)s: %(exc)s", said)
    logging.getLogger("celery.worker.strategy").info("Task %(name)s[%(id)s] received %(args)s", said)
    assert "Task vetting.jobs.tick[4f1c] raised unexpected: ValueError" in lines.getvalue()
    assert "Solveig" not in lines.getvalue()


@pytest.mark.django_db
def test_a_page_that_fails_logs_its_address_alone(
    lines: io.StringIO, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(NAME)

    monkeypatch.setattr("applications.associations.views.listing.find_associations", broken)
    client.force_login(people.user(Role.GRANT_OFFICER))
    client.raise_request_exception = False
    answer = client.get(reverse("list-associations"), {"q": NAME})
    assert answer.status_code == 500
    assert "RuntimeError" in lines.getvalue()
    assert "Solveig" not in lines.getvalue() and "Exempelsson" not in lines.getvalue()


def test_nothing_is_mailed_to_administrators() -> None:
    names = ["", *logging.root.manager.loggerDict]
    handlers = [handler for name in names for handler in logging.getLogger(name).handlers]
    assert not [one for one in handlers if "AdminEmail" in type(one).__name__]


def test_an_access_log_holds_no_query() -> None:
    config = Config()
    config.set("access_log_format", gunicorn.access_log_format)
    answer = SimpleNamespace(status="200 OK", sent=5, headers=[])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/foreningar/?q={NAME}",
        "PATH_INFO": "/foreningar/",
        "QUERY_STRING": f"q={NAME}",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://exempel.invalid/?q={NAME}",
        "REMOTE_ADDR": "127.0.0.1",
    }
    took = SimpleNamespace(seconds=0, microseconds=1000)
    atoms = Logger(config).atoms(answer, SimpleNamespace(headers=[]), environ, took)
    line = gunicorn.access_log_format % atoms
    assert "GET /foreningar/ 200" in line and "Solveig" not in line


def test_a_percent_sign_breaks_no_line(lines: io.StringIO) -> None:
    services.log.warning("job.failed", job=str(uuid.uuid4()), code="100 %s")
    assert "100 %s" in lines.getvalue()


def test_commands_do_not_undo_it() -> None:
    management.call_command("check")
    assert any(isinstance(one.formatter, logs.Formatter) for one in logging.getLogger().handlers)
