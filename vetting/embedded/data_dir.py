"""The folder that holds one set of embedded servers: where each thing stands, its secrets, its free use."""

import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


class StartError(Exception):
    """The servers cannot be used. The message is one line for a person: what is wrong and what to do."""


@dataclass(frozen=True)
class Secrets:
    """Made once per data directory; nothing here works anywhere else."""

    secret_key: str
    owner: str
    app: str
    valkey: str
    demo_password: str

    @classmethod
    def new(cls) -> "Secrets":
        return cls(
            secret_key=secrets.token_urlsafe(64),
            owner=secrets.token_urlsafe(32),
            app=secrets.token_urlsafe(32),
            valkey=secrets.token_urlsafe(32),
            demo_password=readable_password(),
        )


def readable_password() -> str:
    """Three words and four digits that are easy to type from a screen."""
    words = ("ask", "bjork", "bok", "ek", "gran", "hassel", "lind", "lonn", "oxel", "ronn", "salg", "tall")
    picked = [secrets.choice(words) for _ in range(3)]
    return "-".join([*picked, str(secrets.randbelow(9000) + 1000)])


@dataclass(frozen=True)
class DataDir:
    """One data directory. Two directories share nothing and can be used at the same time."""

    root: Path

    @classmethod
    def chosen(cls, default: str) -> "DataDir":
        """`VETTING_DATA_DIR`, else the named folder of the checkout."""
        return cls(Path(os.environ.get("VETTING_DATA_DIR") or ROOT / default).absolute())

    @property
    def lock(self) -> Path:
        """Each user of the servers holds a shared lock on this file; the guardian stops them when it gets it alone."""
        return self.root / "lock"

    @property
    def guardian_lock(self) -> Path:
        """Held by the guardian as long as it lives: at most one set of servers per directory."""
        return self.root / "guardian.lock"

    @property
    def state_file(self) -> Path:
        return self.root / "servers.json"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def clock_offset(self) -> Path:
        return self.root / "clock-offset"

    def prepare(self) -> None:
        """Make the folders.

        Raises `StartError` when the folder cannot be made or written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            # Root hands PostgreSQL to an unprivileged user, who must be able to pass through (not to list).
            self.root.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for folder in (self.logs, self.mail, self.files):
                folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise StartError(
                f"Cannot write in {self.root} ({error.strerror}). Give this user write access to it, "
                "or point VETTING_DATA_DIR at a folder that has it."
            ) from error

    def secrets(self) -> Secrets:
        """The directory's secrets, made at the first call (0600)."""
        path = self.root / "secrets.json"
        try:
            return Secrets(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            write_private(path, asdict(Secrets.new()))
            return self.secrets()
        except (OSError, ValueError, TypeError) as error:
            raise StartError(f"Cannot read {path} ({error}). Run `make demo-reset` to begin afresh.") from error


def write_private(path: Path, content: Any) -> None:
    """Replace the file with this JSON at one stroke, readable by its owner only."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file)
    Path(name).replace(path)
