"""Production refuses weak or missing secrets and a single database role."""

import os
import subprocess
import sys

import pytest

from tests.check import PRODUCTION, ROOT

GOOD = PRODUCTION | {
    "DATABASE_URL": "postgresql://vetting_app:x@127.0.0.1/vetting",
    "DATABASE_OWNER_URL": "postgresql://vetting_owner:y@127.0.0.1/vetting",
}


def check(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment |= {name: value for name, value in (GOOD | changes).items() if value}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_the_deploy_check_passes_as_documented():
    done = check()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too weak"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must list"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
        ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "exclude each other"),
        ({"DATABASE_OWNER_URL": ""}, "vetting.E001"),
        ({"DATABASE_OWNER_URL": GOOD["DATABASE_URL"]}, "vetting.E002"),
    ],
)
def test_what_is_weak_or_missing_is_refused_by_name(changes, says):
    done = check(**changes)
    assert done.returncode != 0
    assert says in done.stderr
