"""Where 1С asks; what answers is read when it first does (see backend/web/partner_api.py)."""

import asyncio
import importlib
from typing import Any

from aiohttp import web

PREFIX = "/exchange/1c"
_SERVE = "backend.web.onec.serve"


def _lazily(name: str) -> Any:
    async def answer(request: web.Request) -> web.StreamResponse:
        serve = await asyncio.to_thread(importlib.import_module, _SERVE)
        answered: web.StreamResponse = await getattr(serve, name)(request)
        return answered

    return answer


ROUTES = [
    web.get(f"{PREFIX}/cards", _lazily("cards")),
    web.post(f"{PREFIX}/{{kind:cards|sales}}", _lazily("take")),
    web.get(f"{PREFIX}/jobs/{{job:[0-9]{{1,18}}}}", _lazily("job")),
    web.get(f"{PREFIX}/jobs/{{job:[0-9]{{1,18}}}}/result", _lazily("result")),
]
