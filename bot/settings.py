"""The settings, read once and frozen. Every name begins with MSX_; a name we do not know is an error that says so."""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MSX_"


class WrongSettings(Exception):  # noqa: N818 - a refusal with the names in it
    """Settings are unknown or malformed; the message names each."""


class Settings(BaseSettings):
    """All settings of contract.md with their defaults."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", frozen=True, extra="ignore")

    data_dir: Path = Path("var")
    secrets_dir: Path | None = None
    database_url: str = ""
    listen: str = "127.0.0.1:8080"
    public_url: str = ""
    telegram_token: str = Field(default="", repr=False)
    telegram_token_file: Path | None = None
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: str = Field(default="", repr=False)
    wecom_api_url: str = "https://qyapi.weixin.qq.com"
    lang: Literal["zh", "en"] = "zh"

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 <= int(port) <= 65535:
            raise ValueError("must be HOST:PORT")
        return value

    @field_validator("public_url", "telegram_api_url", "wecom_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
            raise ValueError("must be an http:// or https:// address")
        return value.rstrip("/")

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])

    @property
    def secrets(self) -> Path:
        return self.secrets_dir or self.data_dir / "secrets"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'msx.db'}"

    @property
    def public(self) -> str:
        return self.public_url or f"http://{self.listen}"

    @property
    def token(self) -> str:
        """The bot token, from the setting or its file; empty when Telegram is off."""
        if self.telegram_token or self.telegram_token_file is None:
            return self.telegram_token
        return self.telegram_token_file.read_text().strip()


def load(env_file: Path = Path(".env")) -> Settings:
    """Read environment and `.env`. Raises WrongSettings naming every unknown or malformed setting."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = {n.upper() for n in [*os.environ, *dotenv_values(env_file)] if n.upper().startswith(PREFIX)}
    if unknown := sorted(named - known):
        raise WrongSettings(f"unknown setting: {', '.join(unknown)}")
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # the library takes it in __init__
    except ValidationError as error:
        wrong = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        raise WrongSettings("; ".join(wrong)) from None
