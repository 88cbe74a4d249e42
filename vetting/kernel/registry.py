"""The ways up: a lower room names what it needs, the owning higher room registers it in `AppConfig.ready()`.

Each name has exactly one owner. Nothing is discovered, nothing is a signal (docs/adr/0007).
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Name → value, registered once. Asking for an unknown name is a programming error and says what exists."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}
        self._owners: dict[str, str] = {}

    def register(self, name: str, value: T, *, owner: str) -> T:
        """Registers `value` for the room `owner` (its dotted module). The same room may register again (reload)."""
        if name in self._entries and self._owners[name] != owner:
            raise LookupError(f"{self.what} {name!r} already belongs to {self._owners[name]}, not to {owner}")
        self._entries[name] = value
        self._owners[name] = owner
        return value

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            known = ", ".join(sorted(self._entries)) or "none"
            raise LookupError(f"no {self.what} is registered as {name!r} (registered: {known})") from None

    def get(self, name: str) -> T | None:
        """The value, or None where a name is optional."""
        return self._entries.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._entries))

    def items(self) -> list[tuple[str, T]]:
        return sorted(self._entries.items())

    def owner(self, name: str) -> str:
        return self._owners[name]
