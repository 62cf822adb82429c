"""«My data»: what is held, as a file; and the way out, confirmed twice."""

from bot import taps
from bot.screens.choices.document import turned
from bot.screens.parts import back_button, home_button
from bot.screens.screen import Button, Rows, Screen, Style
from bot.words import Translator


def my_data(words: Translator, note: str = "") -> Screen:
    """`note` is a wording's key: what has just happened."""
    text = words.html("mydata-title")
    rows: Rows = (
        (Button(words("mydata-export"), tap=taps.ExportMyData().pack()),),
        (Button(words("mydata-policy"), tap=taps.Privacy().pack()),),
        (Button(words("mydata-delete"), tap=taps.DeleteMyData().pack(), style=Style.DANGER),),
        (back_button(words, taps.OpenSettings().pack()), home_button(words)),
    )
    return Screen(f"{words.html(note)}\n\n{text}" if note else text, rows)


def deletion_explained(words: Translator, customer_id: int, cards: int) -> Screen:
    """The first question. `cards`: how many there are."""
    on = taps.DeleteMyData(step=1, customer=customer_id).pack()
    rows: Rows = (
        (Button(words("mydata-export-first"), tap=taps.ExportMyData().pack()),),
        (Button(words("mydata-delete-go-on"), tap=on, style=Style.DANGER),),
        (back_button(words, taps.MyData().pack()), home_button(words)),
    )
    return Screen(words.html("mydata-delete-explained", cards=cards), rows)


def deletion_sure(words: Translator, customer_id: int) -> Screen:
    """The second question."""
    yes = taps.DeleteMyData(step=2, customer=customer_id).pack()
    rows: Rows = (
        (Button(words("mydata-delete-no"), tap=taps.MyData().pack()),),
        (Button(words("mydata-delete-yes"), tap=yes, style=Style.DANGER),),
    )
    return Screen(words.html("mydata-delete-sure"), rows)


def deleted(words: Translator) -> Screen:
    again = Button(words("mydata-start-again"), tap=taps.Home().pack())
    return Screen(words.html("mydata-deleted"), ((again,),))


def policy_page(words: Translator, text: str, page: int) -> Screen:
    """The operator's policy, a page of it."""

    def to(number: int) -> str:
        return taps.Policy(page=number).pack()

    body, turning = turned(words, text, "", page, to)
    back = (back_button(words, taps.Privacy().pack()), home_button(words))
    return Screen(body, (*((turning,) if turning else ()), back))
