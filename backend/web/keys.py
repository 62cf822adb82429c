"""What an application and a request carry."""

from aiohttp import web
from jinja2 import Environment

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.platform.words import Words

SETTINGS = web.AppKey("settings", Settings)
CTX = web.AppKey("ctx", Context)
PAGES = web.AppKey("pages", Environment)
WORDS = web.AppKey("words", Words)
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
