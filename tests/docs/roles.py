"""The roles: what each is, which pages and verbs it may use, which steps it may take."""

from collections.abc import Iterator

from tests.docs.workflows import own_kinds, table
from vetting.accounts.roles import GRANTS, ROLES, Role


def page() -> str:
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "\n# Roles\n"
    yield (
        "A person has roles through dated memberships in a district (docs/domain.md §7). Deny by default: a role has "
        "what is listed here, nothing more. Who may take a step of a workflow stands in that workflow's rows.\n"
    )
    yield from table(
        ("role", "title", "what it does", "sees case content"),
        (
            (f"`{role}`", f"{info.label.sv} / {info.label.en}", info.what.en, "yes" if info.case_content else "no")
            for role, info in ROLES.items()
        ),
    )
    yield "\n## Pages and verbs\n"
    yield from table(
        ("permission", "roles"),
        ((f"`{permission}`", ", ".join(f"`{role}`" for role in sorted(roles))) for permission, roles in GRANTS.items()),
    )
    yield "\n## Steps\n"
    yield from table(
        ("role", *(kind.label.en.lower() for _code, kind in own_kinds())),
        (
            (f"`{role}`", *(_actions(role, kind) for _code, kind in own_kinds()))
            for role in Role
            if any(role in row.who for _code, kind in own_kinds() for row in kind.workflow.rows)
        ),
    )


def _actions(role: Role, kind: object) -> str:
    rows = kind.workflow.rows  # type: ignore[attr-defined]
    actions = dict.fromkeys(row.action for row in rows if role in row.who)
    return ", ".join(f"`{action}`" for action in actions) or "–"
