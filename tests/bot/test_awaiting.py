"""What is asked for is answered where it was asked."""

from bot.awaiting import QUESTION, SEARCH, Awaiting, Typed
from bot.handlers.home.cancel import BACK_TO
from bot.handlers.registry import ROUTERS


def answered() -> set[str]:
    found: set[str] = set()
    for router in ROUTERS:
        for handler in router.message.handlers:
            for one in handler.filters or ():
                if isinstance(one.callback, Typed):
                    found.add(one.callback.what)
                if isinstance(one.callback, Awaiting):
                    found.update(one.callback.what)
    return found


def test_every_question_that_is_put_has_a_handler_for_its_answer() -> None:
    """But for the search: any text that answers nothing else is one."""
    asked = {*BACK_TO, QUESTION} - {SEARCH}
    assert asked == answered(), (
        "give the handler of the answer the filter Typed(…) or Awaiting(…): a text that no filter "
        "knows is looked for in the catalog"
    )
