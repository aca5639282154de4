"""What the platform takes and what it refuses: parameters, markup, lengths, buttons."""

import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from aiohttp import web
from PIL import Image

PARAMETERS: dict[str, frozenset[str]] = {
    method.lower(): frozenset(names.split())
    for method, names in {
        "getMe": "",
        "getUpdates": "offset limit timeout allowed_updates",
        "getFile": "file_id",
        "sendMessage": "chat_id text parse_mode link_preview_options reply_markup",
        "editMessageText": "chat_id message_id text parse_mode link_preview_options reply_markup",
        "sendPhoto": "chat_id photo caption parse_mode reply_markup",
        "sendDocument": "chat_id document caption parse_mode reply_markup",
        "answerCallbackQuery": "callback_query_id text show_alert",
        "setWebhook": "url max_connections allowed_updates secret_token drop_pending_updates",
        "deleteWebhook": "drop_pending_updates",
        "getWebhookInfo": "",
        "setMyCommands": "commands scope language_code",
    }.items()
}
TAGS = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "a"})

JSON = frozenset({"allowed_updates", "commands", "link_preview_options", "reply_markup", "scope"})
"""Parameters that come as JSON in a text unless the whole call is JSON."""


class Refusal(Exception):  # noqa: N818  # the platform's word against ours
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters
        self.code = code


async def parameters(request: web.Request) -> dict[str, Any]:
    """The parameters, however they came; files as name and content."""
    if request.content_type == "application/json":
        return {name: _opened(name, value) for name, value in (await request.json()).items()}
    params: dict[str, Any] = {}
    parts: dict[str, tuple[str, bytes]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parts[name] = (value.filename, value.file.read())
        else:
            params[name] = _opened(name, value)
    for name, value in params.items():
        if isinstance(value, str) and value.startswith("attach://"):
            params[name] = parts.pop(value.removeprefix("attach://"))
    return params | parts


def _opened(name: str, value: Any) -> Any:
    if name in JSON and isinstance(value, str):
        return json.loads(value)
    return str(value) if isinstance(value, int) else value


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 0")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def shown_text(markup: str) -> str:
    parser = _Markup()
    parser.feed(markup)
    parser.close()
    if parser.open:
        raise Refusal(400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag")
    return "".join(parser.text)


def check_text(method: str, params: dict[str, Any], text: str) -> None:
    length = len(text.encode("utf-16-le")) // 2
    if method in ("sendmessage", "editmessagetext"):
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if length > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        return
    if length > 1024:
        raise Refusal(400, "Bad Request: message caption is too long")
    photo = params.get("photo")
    name, data = photo or params.get("document") or ("", b"")
    if not name:
        raise Refusal(400, "Bad Request: there is no file in the request")
    if not data:
        raise Refusal(400, "Bad Request: file must be non-empty")
    if len(data) > 50 * 1024 * 1024:
        raise Refusal(413, "Request Entity Too Large")
    if photo is not None:
        check_photo(data)


def check_photo(data: bytes) -> None:
    """What the platform shows as a photo (Bot API, sendPhoto); anything else may go as a document."""
    if len(data) > 10 * 1024 * 1024:
        raise Refusal(400, "Bad Request: file is too big")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            picture.verify()
            width, height = picture.size
    except Exception as error:
        raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")


def check_buttons(rows: list[list[dict[str, str]]]) -> None:
    for button in _flat(rows):
        if button.keys() != {"text", "callback_data"} or not button["text"]:
            raise Refusal(400, "Bad Request: can't parse inline keyboard button")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


def _flat(rows: list[list[dict[str, str]]]) -> Iterator[dict[str, str]]:
    for row in rows:
        yield from row
