"""The page capture of a notice, kept with its checksum in the case's file."""

from typing import Any

from applications.cases.services.add_document import ACCESS_CLASS
from applications.decisions.models import DecisionTrack
from vetting.accounts.actors import Actor
from vetting.files.services import store_upload


def store_proof(file: Any, track: DecisionTrack, actor: Actor) -> int | None:
    """Checks and stores the capture; None when there is none. Raises FileRefused before anything is written."""
    if file is None:
        return None
    stored = store_upload(
        file=file,
        name=file.name,
        size=file.size,
        district=track.case.district,
        access_class=ACCESS_CLASS,
        subject=f"case:{track.case.key}",
        stored_by=actor.reference,
    )
    return stored.pk
