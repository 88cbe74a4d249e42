"""The ways up: each name has one owner, a room; what it registers is its own (docs/adr/0007)."""

import gc
import importlib

import pytest
from django.apps import apps

from vetting.kernel.registry import Registry

ROOMS = {config.name for config in apps.get_app_configs() if config.name.split(".")[0] in {"vetting", "applications"}}
ROOMS |= {"checklists"}


def registries() -> list[Registry]:
    """Every registry that a room's module holds; those of tests have no such module."""
    # By `type`: asking a lazy object for its class would wake it.
    return [found for found in gc.get_objects() if type(found) is Registry]


def test_a_name_has_one_owner():
    registry: Registry[int] = Registry("number")
    registry.register("one", 1, owner="applications.cases")
    registry.register("one", 2, owner="applications.cases")
    with pytest.raises(LookupError, match=r"already belongs to applications\.cases"):
        registry.register("one", 3, owner="applications.grants")
    assert registry["one"] == 2


def test_every_owner_is_a_room():
    owners = {registry.owner(name) for registry in registries() for name in registry}
    known = (*ROOMS, "tests.")
    assert {owner for owner in owners if not owner.startswith(known)} == set()


def test_a_room_registers_what_is_its_own():
    """A function comes from the room that registers it, or from a room below that made it for others to use."""
    foreign = [
        f"{registry.what} {name}: {value.__module__} registered by {registry.owner(name)}"
        for registry in registries()
        for name, value in registry.items()
        if callable(value)
        and not isinstance(value, type)
        and not str(getattr(value, "__module__", "")).startswith((registry.owner(name), "vetting.", "tests."))
    ]
    assert foreign == []


def test_rooms_can_be_imported_by_their_owners_names():
    for registry in registries():
        for name in registry:
            assert importlib.import_module(registry.owner(name))
