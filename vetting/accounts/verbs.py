"""The log's sentences about accounts."""

from vetting.audit.verbs import Verb, register
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape


def register_all() -> None:
    register(
        "vetting.accounts",
        Verb(
            "access.refused",
            Label("{actor} nekades: {what}", "{actor} was refused: {what}"),
            Shape.STOP,
        ),
        Verb("user.created", Label("{actor} lade upp ett konto.", "{actor} created an account.")),
        Verb("membership.added", Label("{actor} gav rollen {role_name}.", "{actor} gave the role {role_name}.")),
        Verb("membership.ended", Label("{actor} avslutade rollen {role_name}.", "{actor} ended the role {role_name}.")),
        Verb("login.succeeded", Label("{actor} loggade in.", "{actor} signed in.")),
        Verb("login.failed", Label("Ett inloggningsförsök misslyckades.", "A sign-in attempt failed."), Shape.STOP),
        Verb("district.created", Label("{actor} lade upp ett stadsdelsområde.", "{actor} created a district.")),
    )
