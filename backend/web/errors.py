"""What went wrong, for whoever asked: a page for a person, a problem document for a program."""

from aiohttp import web

from backend.web.pages.render import page
from backend.web.problems import http_problem, refusal_problem, retry_after, status_of
from models.refusal import Refusal

# These say something of their own; the others share "error-other".
_TOLD = {403, 404, 405, 408, 410, 413, 429, 500, 503}
# Programs ask here: they get a document whatever they accept.
_FOR_PROGRAMS = ("/api/", "/compat/", "/exchange/", "/hooks/")


def wants_page(request: web.Request) -> bool:
    """Browsers name text/html; programs that want a document name JSON or anything."""
    if request.path.startswith(_FOR_PROGRAMS):
        return False
    return "text/html" in request.headers.get("Accept", "")


def error_answer(request: web.Request, status: int) -> web.Response:
    """An answer to an HTTP error, in the reader's language or as RFC 9457."""
    return _error_page(request, status) if wants_page(request) else http_problem(request, status)


def refusal_answer(request: web.Request, refusal: Refusal) -> web.Response:
    """An answer to a refusal; a page tells what its status means, never internal details."""
    if wants_page(request):
        answer = _error_page(request, status_of(refusal.code))
        answer.headers.extend(retry_after(refusal))
        return answer
    return refusal_problem(request, refusal)


def _error_page(request: web.Request, status: int) -> web.Response:
    key = f"error-{status}" if status in _TOLD else "error-other"
    answer = page(request, "error.html", key=key, status=status)
    answer.set_status(status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
