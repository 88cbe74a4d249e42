"""Many cases at once, for pages and lists."""

from django.test import Client

from applications.examples import base
from applications.examples.volume.load import load
from applications.examples.volume.staff import staff_of
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import User
from vetting.kernel import clock


def fill(cases: int, *, code: str = "KUN", seed: int = 1) -> None:
    """So many cases in an example district, with its accounts."""
    district = base.ensure_districts()[code]
    load(district=district, staff=staff_of(district), cases=cases, seed=seed, done=lambda more: None)


def account(username: str) -> User:
    """A demo account; made when it is missing."""
    base.ensure_accounts(base.ensure_districts(), None)
    return User.objects.get(username=username)


def acting(username: str) -> Actor:
    return actor_for(account(username), on=clock.today())


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(account(username))
    return client
