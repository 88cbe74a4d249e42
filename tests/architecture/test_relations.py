"""No table points to a higher room: import-linter does not see relations named by string (design §3)."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent


def layers() -> list[set[str]]:
    """The rooms of pyproject's contract, highest first; rooms of one layer stand side by side."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contract = tomllib.load(file)["tool"]["importlinter"]["contracts"][0]
    return [{room.strip() for room in line.split("|")} for line in contract["layers"]]


def height() -> dict[str, int]:
    order = layers()
    return {room: len(order) - number for number, rooms in enumerate(order) for room in rooms}


def own_apps() -> list:
    return [
        config
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in {"vetting", "applications", "checklists"}
    ]


def test_every_room_with_tables_stands_in_the_contract():
    rooms = {config.name for config in own_apps() if list(config.get_models())}
    assert rooms - set(height()) == set()


def test_relations_point_downwards():
    heights = height()
    upward = []
    for config in own_apps():
        for model in config.get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                if field.auto_created and not field.concrete:  # the reverse side of somebody else's relation
                    continue
                target = getattr(field, "related_model", None)
                if target is None:
                    continue
                room = apps.get_app_config(target._meta.app_label).name
                own, other = heights.get(config.name), heights.get(room)
                side_by_side = own == other and room != config.name
                if own is not None and other is not None and (other > own or side_by_side):
                    upward.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert upward == []
