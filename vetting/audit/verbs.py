"""Every verb of the log with one Swedish and one English sentence; each room registers its own."""

from dataclasses import dataclass

from vetting.kernel.labels import Label
from vetting.kernel.registry import Registry
from vetting.kernel.workflow import Shape


@dataclass(frozen=True, slots=True)
class Verb:
    """`sentence` is a format string over the event's data and `actor`, e.g. "{actor} registrerade ansökan."."""

    code: str
    sentence: Label
    shape: Shape = Shape.DONE


verbs: Registry[Verb] = Registry("verb")


def register(owner: str, *entries: Verb) -> None:
    for verb in entries:
        verbs.register(verb.code, verb, owner=owner)
