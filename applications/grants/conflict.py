"""A24 from what people declared: pure (docs/domain.md §3.1; KL 6:28–32)."""

from collections.abc import Collection, Iterable
from typing import Any

from applications.cases.models import JavAnswer
from checklists.rules.definition import Value


def conflict_value(
    declared: Iterable[tuple[int, str, Any]], out: Collection[int], rulings: Iterable[tuple[int, Any]]
) -> Value | None:
    """A24's answer: from declarations (user, answer, at) and rulings (user, at), oldest first, and who is out."""
    newest: dict[int, str] = {}
    since: dict[int, Any] = {}
    for user, answer, at in declared:
        newest[user], since[user] = answer, at
    if not newest:
        return None
    for user, at in rulings:
        if user in newest and at >= since[user] and user not in out:
            newest[user] = JavAnswer.NONE  # the unit head has ruled that the person may work in the case
    staying = {answer for user, answer in newest.items() if user not in out}
    doubtful = Value.UNCLEAR if JavAnswer.POSSIBLE in staying else Value.YES
    return Value.NO if JavAnswer.YES in staying else doubtful
