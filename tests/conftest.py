"""Fixtures of all tests. See tests/database.py for how databases are made."""

import io
import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from hypothesis import settings as hypothesis_settings

from tests import database
from vetting.kernel import logs

# A slow machine is no fault of the code: properties have no time limit of their own.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """One clone of the migrated template for this worker, used as `vetting_app`."""
    name = f"vetting_test_{os.getpid()}"
    with django_db_blocker.unblock():
        database.clone(name)
        _use(name)
        yield
        connections["default"].close()
        database.drop(name)


@pytest.fixture
def real_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own with real commits, for races and raw SQL; dropped afterwards."""
    before = connections["default"].settings_dict["NAME"]
    name = f"vetting_real_{os.getpid()}"
    with django_db_blocker.unblock():
        database.clone(name)
        _use(name)
        try:
            yield name
        finally:
            connections.close_all()
            _use(before)
            database.drop(name)


def _use(name: str) -> None:
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the configured handler of the whole process writes."""
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, logs.Formatter))
    assert isinstance(handler, logging.StreamHandler)
    out = io.StringIO()
    before = handler.setStream(out)
    yield out
    handler.setStream(before)
