"""Updates as the Bot API sends them, for a person whose names and numbers must never be found anywhere of ours."""

from typing import Any

USERNAME = "canary_username_7431"


def private(chat: int) -> dict[str, Any]:
    """A chat with one person."""
    return {"id": chat, "type": "private", "first_name": "赵无名氏", "username": USERNAME}


def person(chat: int) -> dict[str, Any]:
    """Who writes in that chat."""
    return {"id": chat, "is_bot": False, "first_name": "赵无名氏", "username": USERNAME, "language_code": "zh-hans"}


def message(chat: int, number: int, **content: Any) -> dict[str, Any]:
    """A message in a private chat; `content` is what it holds, e.g. text="…"."""
    if str(content.get("text", "")).startswith("/"):
        command = content["text"].split()[0]
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
    return {"message_id": number, "date": 1764000000, "chat": private(chat), "from": person(chat), **content}


def group_message(chat: int, number: int, **content: Any) -> dict[str, Any]:
    """A message that somebody writes in a group."""
    group = {"id": chat, "type": "supergroup", "title": "第三巡察组"}
    return {"message_id": number, "date": 1764000000, "chat": group, "from": person(71), **content}


def channel_post(chat: int, number: int, text: str) -> dict[str, Any]:
    """A post in a channel."""
    return {
        "message_id": number,
        "date": 1764000000,
        "chat": {"id": chat, "type": "channel", "title": "x"},
        "text": text,
    }


def tap(chat: int, number: int, data: str, on: dict[str, Any]) -> dict[str, Any]:
    """A button pressed on the message `on`."""
    return {"id": str(number), "from": person(chat), "chat_instance": "1", "data": data, "message": on}


def photo(file_id: str, size: int) -> list[dict[str, Any]]:
    """A picture in two sizes; the larger one carries `file_id`."""
    small = {"file_id": f"{file_id}-small", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 900}
    return [small, {"file_id": file_id, "file_unique_id": "l", "width": 1280, "height": 853, "file_size": size}]


def voice(file_id: str, size: int, seconds: int) -> dict[str, Any]:
    """A voice message."""
    return {
        "file_id": file_id, "file_unique_id": "v", "duration": seconds, "mime_type": "audio/ogg", "file_size": size,
    }  # fmt: skip


def document(file_id: str, size: int, name: str, mime: str) -> dict[str, Any]:
    """A file."""
    return {"file_id": file_id, "file_unique_id": "d", "file_name": name, "mime_type": mime, "file_size": size}
