"""getUpdates and the webhook settings."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request, conflict

_KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot",
}  # fmt: skip


def _allowed(params: Params) -> list[str] | None:
    """The wanted kinds; names that Telegram does not know are passed over, as it does."""
    kinds = params.array("allowed_updates")
    if kinds is None:
        return None
    return [kind for kind in kinds if isinstance(kind, str) and kind in _KINDS]


async def get_updates(box: Box, params: Params) -> Any:
    if box.webhook.settings:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    limit = params.integer("limit")
    box.updates.allow(_allowed(params))
    return await box.updates.poll(
        params.integer("offset") or 0,
        100 if limit is None else limit,
        params.integer("timeout") or 0,
    )


async def set_webhook(box: Box, params: Params) -> Any:
    url = (params.text("url") or "").strip()
    if not url:
        return await delete_webhook(box, params)
    _check_address(url)
    secret = params.text("secret_token") or ""
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    at_once = params.integer("max_connections")
    if at_once is not None and not 1 <= at_once <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    settings: Json = {"url": url, "secret_token": secret, "max_connections": at_once or 40}
    address = params.text("ip_address")
    if address:
        settings["ip_address"] = _check_ip(address)
    box.updates.allow(_allowed(params))
    if params.flag("drop_pending_updates"):
        box.updates.clear()
    box.updates.end_poll("terminated by setWebhook request")
    box.webhook.change(settings)
    return True


def _check_ip(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        raise bad_request("bad webhook: invalid IP address specified") from None


def _check_address(url: str) -> None:
    """HTTPS anywhere, plain HTTP on this machine alone (Telegram itself takes HTTPS only)."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if not host or parts.scheme not in {"http", "https"}:
        raise bad_request("bad webhook: invalid URL specified")
    if parts.scheme == "http" and host not in {"127.0.0.1", "localhost", "::1"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


async def delete_webhook(box: Box, params: Params) -> Any:
    if params.flag("drop_pending_updates"):
        box.updates.clear()
    box.webhook.change(None)
    return True


async def get_webhook_info(box: Box, _params: Params) -> Any:
    settings = box.webhook.settings
    info: Json = {
        "url": settings.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": box.updates.pending,
    }
    if settings:
        info["max_connections"] = settings["max_connections"]
        info["ip_address"] = settings.get("ip_address", "127.0.0.1")
    if box.updates.allowed:
        info["allowed_updates"] = box.updates.allowed
    error = box.store.get("webhook_error")
    if error:
        info |= {"last_error_date": error["date"], "last_error_message": error["message"]}
    return info
