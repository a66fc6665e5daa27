"""The API's own description, OpenAPI 3.1: paths as data here, shapes from handlers/wire.py. It serves nothing."""

from functools import cache

from handlers import wire

_BEARER: list[dict[str, list[str]]] = [{"token": []}]
_ERRORS = {
    400: "Malformed body, a field we do not know, a file we cannot read, or a code that fails its check digit.",
    401: "A token we never gave. Said before the body is looked at.",
    404: "An unknown or malformed card.",
    409: "Refused by the state.",
    413: "Too large: 20 MB for a file, 1 MB for JSON.",
    429: "Too many look-ups of codes, or files, at once. Nothing happened; the same may be sent again later.",
    503: "Cannot be stored now: nothing was handed in.",
}
"""What each status means, on every path that may answer it."""


def _ref(name: str) -> dict[str, object]:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def _operation(
    summary: str, body: dict[str, object], status: int, out: str, errors: tuple[int, ...], *, bearer: bool
) -> dict[str, object]:
    answers: dict[str, object] = {str(status): {"description": "Done, and durable.", **_ref(out)}}
    answers |= {str(code): {"description": _ERRORS[code], **_ref("ErrorOut")} for code in errors}
    needed: dict[str, object] = {"required": True, **body}
    secured = _BEARER if bearer else []
    return {"post": {"summary": summary, "security": secured, "requestBody": needed, "responses": answers}}


_FILE: dict[str, object] = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    }
}


def _paths() -> dict[str, object]:
    return {
        "/api/conversations": _operation(
            "Begin, with a card or without", _ref("OpenBody"), 201, "OpenedOut", (400, 404, 413, 503), bearer=False
        ),
        "/api/events": _operation(
            "The reporter says or chooses",
            _ref("EventBody"), 200, "RepliesOut", (400, 401, 409, 413, 429, 503), bearer=True,
        ),
        "/api/files": _operation(
            "The reporter sends a file", _FILE, 200, "RepliesOut", (400, 401, 409, 413, 429, 503), bearer=True
        ),
        "/api/receipts": _operation(
            "What the team wrote for a code; the same for unknown codes",
            _ref("ReceiptBody"), 200, "OpenedOut", (400, 413, 429, 503), bearer=False,
        ),
    }  # fmt: skip


@cache
def document() -> dict[str, object]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "码上巡", "version": "1", "description": "The reporter's conversation as JSON."},
        "paths": _paths(),
        "components": {
            "schemas": wire.schemas("#/components/schemas/{model}"),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
