"""A sitting that decided nothing in the matter: tabled, referred back, struck (effect `board.item_ended`)."""

from applications.decisions import selectors
from vetting.kernel.workflow import Move


def end_item(move: Move, *, outcome: str) -> None:
    """Ends the open item with what the board did; `data["paragraph"]` names the minutes' §."""
    item = selectors.open_item(move.case.pk)
    if item is None:
        return
    item.outcome, item.paragraph = outcome, move.data.get("paragraph", "") or item.paragraph
    item.registered_by, item.registered_at, item.ended_at = move.actor.reference, move.at, move.at
    item.version += 1
    item.save()
