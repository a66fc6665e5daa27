"""S1's peer, as one would write it: aiogram 3 and the SQLAlchemy ORM on SQLite; a row, a commit, an acknowledgement.

Runs in an environment of its own (bench/peer.lock). Same durability as ours: WAL, synchronous=FULL.
"""

import argparse
import asyncio
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.listening import until_stdin_ends

TOKEN = "424242:bench"  # noqa: S105 - a made-up one
SECRET = "bench-secret"  # noqa: S105
TICK = "已收到"


class Base(DeclarativeBase):
    pass


class Said(Base):
    """One message of a chat."""

    __tablename__ = "said"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    text: Mapped[str]


def _engine(path: Path) -> AsyncEngine:
    # One connection: with SQLAlchemy's own pool of fifteen, writers meet "database is locked" and sleep.
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", pool_size=1, max_overflow=0, pool_timeout=120)

    @event.listens_for(engine.sync_engine, "connect")
    def pragmas(connection, _record):  # type: ignore[no-untyped-def]  # the driver's own connection
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return engine


async def main(options: argparse.Namespace) -> None:
    engine = _engine(options.data / "peer.db")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    session = async_sessionmaker(engine, expire_on_commit=False)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(options.sink)))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def keep(message: Message) -> SendMessage | None:
        async with session() as opened:
            opened.add(Said(chat=message.chat.id, number=message.message_id, text=message.text or ""))
            await opened.commit()
        if options.ride:
            return message.answer(TICK)
        await message.answer(TICK)
        return None

    await _serve(dispatcher, bot)
    await bot.session.close()
    await engine.dispose()


async def _serve(dispatcher: Dispatcher, bot: Bot) -> None:
    site = web.Application()
    # In the foreground: in the background aiogram would say 200 before anything is stored.
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
    handler.register(site, "/telegram/webhook")
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await until_stdin_ends()
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--sink", required=True)
    parser.add_argument("--ride", action="store_true")
    asyncio.run(main(parser.parse_args()))
