"""What an application and a request carry."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aiohttp import web
from jinja2 import Environment

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.platform.words import Words

if TYPE_CHECKING:
    from backend.web.bot_link import BotLink
    from backend.web.client_address import Client
    from backend.web.pages.finished import FinishedPages
    from backend.web.static_files import StaticFile

SETTINGS = web.AppKey("settings", Settings)
CTX = web.AppKey("ctx", Context)
PAGES = web.AppKey("pages", Environment)
WORDS = web.AppKey("words", Words)
BOT: web.AppKey["BotLink"] = web.AppKey("bot")
FINISHED: web.AppKey["FinishedPages"] = web.AppKey("finished")
STATIC: web.AppKey[Mapping[str, "StaticFile"]] = web.AppKey("static")
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
# What the partner API has made of the address: it has routes of its own.
MATCH: web.RequestKey[web.UrlMappingMatchInfo] = web.RequestKey("match", web.UrlMappingMatchInfo)
CLIENT: web.RequestKey["Client"] = web.RequestKey("client")
