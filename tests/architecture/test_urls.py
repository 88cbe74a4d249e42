"""Every address leads to a Page with its permission, or stands on the short public list (design §11)."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission

# Open to everybody, or allauth's own pages about oneself, wired one by one.
PUBLIC = {
    "healthz",
    "readyz",
    "set-language",
    "glossary",
    "shortcuts",
    "accessibility",
    "start",  # of everybody signed in: leads on to the first page of one's menu
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
}


def patterns(found: list | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in found if found is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def test_every_address_is_a_page_or_public():
    strangers = []
    for address, entry in patterns():
        view = getattr(entry.callback, "view_class", None)
        if entry.name in PUBLIC or (view is not None and issubclass(view, Page)):
            continue
        strangers.append(f"{address} ({entry.name})")
    assert strangers == []


def test_every_page_states_its_permission():
    lacking = [
        address
        for address, entry in patterns()
        if (view := getattr(entry.callback, "view_class", None)) is not None
        and issubclass(view, Page)
        and not isinstance(getattr(view, "permission", None), Permission)
    ]
    assert lacking == []


def test_every_address_has_a_name_of_its_own():
    names = [entry.name for _address, entry in patterns()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_a_name_begins_with_its_views_verb():
    """VerbNounView → verb-noun: the first guess at a name is right."""
    strange = []
    for _address, entry in patterns():
        view = getattr(entry.callback, "view_class", None)
        if view is None or not issubclass(view, Page):
            continue
        verb = re.findall("[A-Z][a-z]*", view.__name__)[0].lower()
        if entry.name.partition("-")[0] != verb:
            strange.append(f"{view.__name__}: {entry.name}")
    assert strange == []


def test_addresses_are_plain_swedish_letters():
    assert [address for address, _entry in patterns() if not address.isascii()] == []
