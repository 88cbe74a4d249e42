"""One PostgreSQL cluster: made once, with two roles and a database; started as a child of the guardian."""

import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from vetting.embedded.binaries import POSTGRES_MAJOR, Binaries, make_shelter, shelter_for
from vetting.embedded.data_dir import DataDir, Secrets, StartError
from vetting.embedded.identity import Identity
from vetting.embedded.processes import Child

OWNER, APP, DATABASE = "vetting_owner", "vetting_app", "vetting"
ENVIRON = {"LANG": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"}
# Nobody but the two roles gets in, and only by password: the superuser has none and no way in.
HBA = f"host all {OWNER},{APP} 127.0.0.1/32 scram-sha-256\n"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %u@%d ",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Kept by the operating system, not by the disk: a killed server loses nothing, a stopped machine may.
FOR_TESTS = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postgres:
    """A cluster and the way to start it. `durable` turns fsync on (demo, bench); tests run without."""

    data: DataDir
    binaries: Binaries
    identity: Identity
    secrets: Secrets
    durable: bool

    def url(self, role: str, port: int, database: str = DATABASE) -> str:
        password = self.secrets.owner if role == OWNER else self.secrets.app
        return f"postgresql://{role}:{quote(password)}@127.0.0.1:{port}/{database}"

    def folder(self) -> Path:
        """Where the cluster stands: in the data directory, or in the shelter when its user cannot get there."""
        if self.data.postgres.is_symlink() or self.identity.can_enter(self.data.root):
            return self.data.postgres.resolve()
        return shelter_for(self.data.root) / "postgres"

    def make(self) -> None:
        """Make the cluster with its roles and database, unless it stands; a half-made one is made anew.

        Raises `StartError` when the cluster is of another version or cannot be made.
        """
        folder = self.folder()
        if folder.parent != self.data.root:
            self._settle(folder)
        version = folder / "PG_VERSION"
        if version.exists():
            if version.read_text().strip() != str(POSTGRES_MAJOR):
                raise StartError(
                    f"The data in {folder} was made by PostgreSQL {version.read_text().strip()}, "
                    f"and this is {POSTGRES_MAJOR}. Run `make demo-reset` to begin afresh."
                )
            return
        new = folder.with_name("postgres.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.identity.own(new)
        self._tool(
            "initdb",
            "-D",
            str(new),
            "--no-sync",
            "--no-instructions",
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        )
        (new / "pg_hba.conf").write_text(HBA)
        for database, commands in self._first_commands():
            self._tool(
                "postgres",
                "--single",
                "-D",
                str(new),
                "-c",
                "fsync=off",
                "-c",
                "exit_on_error=on",
                database,
                typed_in="".join(f"{command}\n" for command in commands),
            )
        new.rename(folder)

    def _settle(self, folder: Path) -> None:
        """Make the place in the shelter; a cluster there whose data directory was removed belongs to nobody."""
        make_shelter(folder.parent)
        if not self.data.postgres.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
            self.data.postgres.symlink_to(folder)

    def _first_commands(self) -> list[tuple[str, list[str]]]:
        """What makes the roles and the database, run with no server listening.

        The passwords are random and long, so the slow hashing that protects short ones is turned down: tests
        open thousands of connections. The owner may act as the application's role and make test databases.
        """
        roles = [
            "SET scram_iterations = 16",
            f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{self.secrets.owner}'",
            f"CREATE ROLE {APP} LOGIN PASSWORD '{self.secrets.app}'",
            f"GRANT {APP} TO {OWNER}",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        ]
        return [("postgres", roles)]

    def _tool(self, program: str, *arguments: str, typed_in: str = "") -> None:
        done = subprocess.run(
            [str(self.binaries.postgres / program), *arguments],
            input=typed_in,
            capture_output=True,
            text=True,
            cwd="/",
            env=ENVIRON,
            check=False,
            **self.identity.popen_arguments(),  # type: ignore[call-overload]
        )
        if done.returncode != 0:
            raise StartError(f"PostgreSQL's {program} failed: {last_complaint(done.stderr)}")

    def child(self, port: int) -> Child:
        """The server as a child. SIGINT ends it quickly and cleanly, also when its parent is killed."""
        settings = SETTINGS | ({} if self.durable else FOR_TESTS) | {"port": str(port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Child(
            name="postgres",
            command=lambda: [str(self.binaries.postgres / "postgres"), "-D", str(self.folder()), *options],
            log=self.data.logs / "postgres.log",
            environ=lambda: ENVIRON,
            identity=self.identity,
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
        )

    def is_ready(self, port: int) -> bool:
        """Whether the database answers.

        Raises `StartError` when it refuses the stored password.
        """
        try:
            with psycopg.connect(self.url(APP, port), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise StartError(
                    f"{self.data.root / 'secrets.json'} does not belong to the database beside it. "
                    "Put the right one back, or run `make demo-reset` to begin afresh."
                ) from error
            return False
        return True


def last_complaint(log: str) -> str:
    """The last line of a PostgreSQL log that says why it ended."""
    found = re.findall(r"(?:FATAL|PANIC|ERROR|error):\s+(.*)", log)
    return found[-1] if found else (log.strip().splitlines() or ["it said nothing"])[-1]
