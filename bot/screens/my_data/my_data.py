"""«My data»: what is held, as a file; and the way out, confirmed twice."""

from backend.platform.words import Translator
from bot.screens.choices.document import turned
from bot.screens.parts import back_button, home_button
from bot.screens.screen import Button, Rows, Screen, Style
from bot.taps.home import Home, OpenSettings, Privacy
from bot.taps.my_data import DeleteMyData, ExportMyData, MyData, ReadPolicy


def my_data(words: Translator, note: str = "") -> Screen:
    """`note` is a wording's key: what has just happened."""
    text = words.html("mydata-title")
    rows: Rows = (
        (Button(words("mydata-export"), tap=ExportMyData().pack()),),
        (Button(words("mydata-policy"), tap=Privacy().pack()),),
        (Button(words("mydata-delete"), tap=DeleteMyData().pack(), style=Style.DANGER),),
        (back_button(words, OpenSettings().pack()), home_button(words)),
    )
    return Screen(f"{words.html(note)}\n\n{text}" if note else text, rows)


def deletion_explained(words: Translator, customer_id: int, cards: int) -> Screen:
    """The first question. `cards`: how many there are."""
    on = DeleteMyData(step=1, customer=customer_id).pack()
    rows: Rows = (
        (Button(words("mydata-export-first"), tap=ExportMyData().pack()),),
        (Button(words("mydata-delete-go-on"), tap=on, style=Style.DANGER),),
        (back_button(words, MyData().pack()), home_button(words)),
    )
    return Screen(words.html("mydata-delete-explained", cards=cards), rows)


def deletion_sure(words: Translator, customer_id: int) -> Screen:
    """The second question."""
    yes = DeleteMyData(step=2, customer=customer_id).pack()
    rows: Rows = (
        (Button(words("mydata-delete-no"), tap=MyData().pack()),),
        (Button(words("mydata-delete-yes"), tap=yes, style=Style.DANGER),),
    )
    return Screen(words.html("mydata-delete-sure"), rows)


def deleted(words: Translator) -> Screen:
    again = Button(words("mydata-start-again"), tap=Home().pack())
    return Screen(words.html("mydata-deleted"), ((again,),))


def policy_page(words: Translator, text: str, page: int) -> Screen:
    """The operator's policy, a page of it."""

    def to(number: int) -> str:
        return ReadPolicy(page=number).pack()

    body, turning = turned(words, text, "", page, to)
    back = (back_button(words, Privacy().pack()), home_button(words))
    return Screen(body, (*((turning,) if turning else ()), back))
