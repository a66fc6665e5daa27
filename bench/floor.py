"""S2's peer: the least that can be done for a call. An aiohttp server, JSON read, one row, a shared durable commit."""

import argparse
import asyncio
import json
import queue
import sqlite3
import threading
from pathlib import Path

from aiohttp import web

from bench.listening import until_stdin_ends

Waiting = tuple[bytes, "asyncio.Future[None]"]


class Writer(threading.Thread):
    """Takes whatever waits into one commit, then says so to all of them."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self._path = path
        self._loop = asyncio.get_running_loop()
        self._rows: queue.SimpleQueue[Waiting] = queue.SimpleQueue()

    async def keep(self, row: bytes) -> None:
        done: asyncio.Future[None] = self._loop.create_future()
        self._rows.put((row, done))
        await done

    def run(self) -> None:
        db = sqlite3.connect(self._path, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE call (id INTEGER PRIMARY KEY, body BLOB)")
        while True:
            waiting = [self._rows.get()]
            while not self._rows.empty():
                waiting.append(self._rows.get())
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO call (body) VALUES (?)", [(row,) for row, _ in waiting])
            db.execute("COMMIT")
            self._loop.call_soon_threadsafe(_resolve, waiting)


def _resolve(waiting: list[Waiting]) -> None:
    for _, done in waiting:
        if not done.done():
            done.set_result(None)


async def main(options: argparse.Namespace) -> None:
    writer = Writer(options.data / "floor.db")
    writer.start()

    async def call(request: web.Request) -> web.Response:
        body = await request.read()
        json.loads(body)
        await writer.keep(body)
        return web.json_response({"token": "0" * 96, "replies": []}, status=200)

    site = web.Application()
    site.router.add_post("/api/conversations", call)
    site.router.add_post("/api/events", call)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await until_stdin_ends()
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    asyncio.run(main(parser.parse_args()))
