"""Adding an account. It can do nothing until it is given a role."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from vetting.accounts.actors import Actor
from vetting.accounts.models import User
from vetting.audit.services import record
from vetting.kernel.errors import Invalid

USERNAME = re.compile(r"[a-z0-9åäö][a-z0-9åäö._-]{1,63}")


def create_user(*, actor: Actor, username: str, name: str, password: str, email: str = "") -> User:
    """Adds an account with a password that passes the house's rules (settings: AUTH_PASSWORD_VALIDATORS).

    Raises Invalid with every field that is wrong; a password is never repeated in the message.
    """
    wrong: dict[str, list[str]] = {}
    if not USERNAME.fullmatch(username):
        wrong["username"] = [_("Write 2 to 64 small letters, digits, dots, hyphens or underscores.")]
    elif User.objects.filter(username=username).exists():
        wrong["username"] = [_("The user name %(username)s is taken.") % {"username": username}]
    if not name.strip() or len(name) > 120:
        wrong["name"] = [_("Write a name of 1 to 120 characters.")]
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        wrong["email"] = list(error.messages)
    try:
        validate_password(password, User(username=username, name=name, email=email))
    except ValidationError as error:
        wrong["password"] = list(error.messages)
    if wrong:
        raise Invalid(_("The account was not added."), fields=wrong)
    with transaction.atomic():
        user = User.objects.create_user(username, name=name.strip(), password=password, email=email)
        record(actor=actor, verb="user.created", subject=user.reference)
    return user
