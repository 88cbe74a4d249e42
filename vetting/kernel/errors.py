"""What can go wrong on purpose. An error is a stable code, named data and a sentence that says what to do next.

Each concrete error stands next to the function that raises it; here are only the families, one per HTTP answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not possible: the same object disables the button, fills the error and is tested.

    `text` is a translated sentence (lazy); `url` leads to what is missing, when there is such a place.
    """

    code: str
    text: Any
    url: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.text)


class DomainError(Exception):
    """The family of all. `status` is the HTTP answer's; `code` is stable; `text` is for the person."""

    status = 400
    code = "error"

    def __init__(self, text: Any, *, code: str = "", **data: Any) -> None:
        super().__init__(text)
        self.text = text
        self.code = code or type(self).code
        self.data = data

    def __str__(self) -> str:
        return str(self.text)


class NotAllowed(DomainError):
    """The person lacks the right. `who` names the roles that have it. Every refusal is logged."""

    status = 403
    code = "not_allowed"

    def __init__(self, text: Any, *, who: Sequence[Any] = (), code: str = "", **data: Any) -> None:
        super().__init__(text, code=code, **data)
        self.who = tuple(who)


class NotFound(DomainError):
    """No such object, or one of another district: the answer is the same."""

    status = 404
    code = "not_found"


class NotNow(DomainError):
    """The action does not fit the state, or a guard speaks against it: `reasons` say which."""

    status = 409
    code = "not_now"

    def __init__(self, text: Any, *, reasons: Sequence[Reason] = (), code: str = "", **data: Any) -> None:
        super().__init__(text, code=code, **data)
        self.reasons = tuple(reasons)


class Stale(DomainError):
    """Somebody saved in between: `seen` is the version the form was made from, `current` what stands now."""

    status = 409
    code = "stale"


class Invalid(DomainError):
    """Input that cannot be taken: `fields` maps a field's name to its messages."""

    status = 400
    code = "invalid"

    def __init__(
        self, text: Any, *, fields: Mapping[str, Sequence[Any]] | None = None, code: str = "", **data: Any
    ) -> None:
        super().__init__(text, code=code, **data)
        self.fields = dict(fields or {})
