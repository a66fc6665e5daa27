"""How every server of the benches begins and ends. Standard library only: the peer's environment runs it too."""

import asyncio
import sys


async def until_stdin_ends() -> None:
    """Returns when whoever started this process closes its stdin, or is gone."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), stop.set)
    await stop.wait()
    loop.remove_reader(sys.stdin.fileno())
