"""A port for a server that has to know it before it listens, and to keep it over a restart."""

import socket
from secrets import choice

_OURS = range(20_000, 32_000)
"""Below those that systems hand out by themselves: nobody's outgoing connection takes it meanwhile."""


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port := choice(_OURS)))
            except OSError:
                continue
        return port
