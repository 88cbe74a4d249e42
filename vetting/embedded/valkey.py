"""One Valkey server: Celery's broker. It keeps nothing on disk, for nothing that matters is only there."""

import signal
import socket
from dataclasses import dataclass

from vetting.embedded.binaries import Binaries
from vetting.embedded.data_dir import DataDir, Secrets
from vetting.embedded.identity import Identity
from vetting.embedded.processes import Child


@dataclass(frozen=True)
class Valkey:
    data: DataDir
    binaries: Binaries
    identity: Identity
    secrets: Secrets

    def url(self, port: int) -> str:
        return f"redis://:{self.secrets.valkey}@127.0.0.1:{port}/0"

    def child(self, port: int) -> Child:
        """The server as a child. Its settings, with the password, are typed in: `ps` shows arguments to all."""
        settings = (
            f'port {port}\nbind 127.0.0.1\nrequirepass {self.secrets.valkey}\nsave ""\nappendonly no\ndaemonize no\n'
        )
        return Child(
            name="valkey",
            command=lambda: [str(self.binaries.valkey), "-"],
            log=self.data.logs / "valkey.log",
            environ=lambda: {"LANG": "C"},
            typed_in=lambda: settings,
            identity=self.identity,
            orphan_signal=signal.SIGKILL,
        )

    def is_ready(self, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.secrets.valkey}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2:
                    piece = connection.recv(100)
                    if not piece:
                        return False
                    answer += piece
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"
