"""The shipped checklists as files, and the one way to read them. Published versions stand in the database."""

import tomllib
from importlib.resources import files
from typing import Any

from checklists.rules.definition import Definition
from checklists.rules.reading import read_definition

TEMPLATES = ("association", "application", "event")


def shipped_content(template: str) -> dict[str, Any]:
    """The file's data as it will stand in a version. Raises KeyError for a template that is not shipped."""
    if template not in TEMPLATES:
        raise KeyError(template)
    return tomllib.loads(files(__name__).joinpath(f"{template}.toml").read_text(encoding="utf-8"))


def shipped_definition(template: str) -> Definition:
    return read_definition(shipped_content(template))
