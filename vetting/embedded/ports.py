"""Free ports of 127.0.0.1."""

import random
import socket

# Below the range from which the kernel takes the ports of outgoing connections: one of those could otherwise
# sit on a server's port in the moment in which the server is started again.
LOW, HIGH = 15_000, 32_000


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(preferred: int = 0) -> int:
    """A port nobody listens on: the preferred one when it is free."""
    tries = [random.randint(LOW, HIGH) for _ in range(50)]  # noqa: S311 - no secret
    for port in ([preferred] if preferred else []) + tries:
        if is_free(port):
            return port
    raise OSError("no free port between 15000 and 32000 on 127.0.0.1")
