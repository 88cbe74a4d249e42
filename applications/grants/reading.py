"""Whether a second person reads the review before the proposal: the programme's rule (docs/domain.md §8.1, §6.2 F3)."""

from vetting.kernel.workflow import Move


def next_state(move: Move) -> str:
    """`second_reading` where the rule asks for a reader, else `proposed`. Set by the guards in `move.facts`."""
    return "second_reading" if move.facts.get("second_reader", True) else "proposed"
