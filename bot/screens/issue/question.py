"""One question of the questionnaire, with its progress and its buttons."""

from dataclasses import dataclass

from backend.customers.person.phone import phone_in_words
from bot import taps
from bot.screens.issue.answers import text_of
from bot.screens.parts import city_name, cut, escape, tick
from bot.screens.screen import Ask, AskKeyboard, Button, Rows, Screen, Style
from bot.words import Translator
from catalog.question import FieldType, QuestionnaireField
from models.city import City

_STANDARD_WORDS = {
    FieldType.GIVEN_NAME: "question-given-name",
    FieldType.SURNAME: "question-surname",
    FieldType.PATRONYMIC: "question-patronymic",
    FieldType.GENDER: "question-gender",
    FieldType.BIRTH_DATE: "question-birth-date",
    FieldType.CITY: "question-city",
    FieldType.EMAIL: "question-email",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Where in which application. `prefill` and `kept` are offered as one tap; `cities` are guesses
    at a typed city; `picked` are options of a several-choice question ticked so far."""

    application: int
    step: int
    total: int
    field: QuestionnaireField
    # The cards in words, and how many.
    cards: str
    count: int
    prefill: str = ""
    # A contact that is there already, and a number that a code is on its way to.
    kept: str = ""
    code_to: str = ""
    cities: tuple[City, ...] = ()
    picked: tuple[int, ...] = ()
    # The answer that stands, in words: it can be left as it is.
    current: str = ""
    # The answer before, as it was understood: a date.
    noted: str = ""


def question(words: Translator, asked: Question, wrong: str = "") -> Screen:
    """`wrong`: why the last answer could not be taken; then the screen stands below it."""
    head = words.html("question-progress", number=asked.step + 1, total=asked.total)
    if not wrong and asked.step == 0:
        head += "\n" + words.html(
            "question-brands", count=asked.count, brands=cut(asked.cards, 300)
        )
    if asked.noted and not wrong:
        head = words.html("question-noted", value=asked.noted) + f"\n\n{head}"
    body = f"⚠️ {escape(wrong)}" if wrong else _words(words, asked)
    text = f"{head}\n\n{body}"
    if asked.field.type is FieldType.PHONE:
        return _phone(words, asked, text)
    rows = (*_kept(words, asked), *_options(words, asked), *_ways(words, asked))
    return Screen(text, rows, fresh=bool(wrong))


def _kept(words: Translator, asked: Question) -> Rows:
    """An answer that stands is left with one tap; a contact has its own button."""
    if not asked.current or asked.kept:
        return ()
    tap = taps.KeepAnswer(application=asked.application, step=asked.step).pack()
    label = cut(words("question-keep", value=asked.current), 60)
    return ((Button(label, tap=tap, style=Style.PRIMARY),),)


def _words(words: Translator, asked: Question) -> str:
    key = _STANDARD_WORDS.get(asked.field.type)
    now = [words.html("question-now", value=cut(asked.current, 200))] if asked.current else []
    if key is not None:
        return "\n".join((f"<b>{words.html(key)}</b>", words.html(key + ".example"), *now))
    lines = [f"<b>{escape(text_of(words, asked.field.label))}</b>"]
    if asked.field.hint is not None:
        lines.append(escape(text_of(words, asked.field.hint)))
    if asked.field.type is FieldType.CHOICES:
        lines.append(words.html("question-choices-hint"))
    if asked.field.type is FieldType.DATE:
        lines.append(words.html("question-birth-date.example"))
    return "\n".join((*lines, *now))


def _phone(words: Translator, asked: Question, text: str) -> Screen:
    """Only the reply keyboard can share a contact; cancelling is a plain word on it."""
    others = [keep_label(words, asked.kept)] if asked.kept else []
    manual = words("contact-phone-manual")
    others += [manual, words("question-back")]
    if not asked.field.required:
        others.append(words("question-skip"))
    keyboard = AskKeyboard(
        Ask.CONTACT,
        words("question-phone-button"),
        words("question-drop"),
        others=tuple(others),
        placeholder=words("question-phone-placeholder"),
    )
    if "⚠️" not in text:
        head = text.rsplit("\n\n", 1)[0]
        text = f"{head}\n\n{words.html('question-phone')}"
    if asked.code_to:
        text += "\n\n" + words.html("question-phone-code", phone=phone_in_words(asked.code_to))
    return Screen(text, keyboard=keyboard, fresh=True)


def keep_label(words: Translator, kept: str) -> str:
    """«Keep +7 916 123-45-67», «Keep anna@example.ru»."""
    return words("contact-keep", value=phone_in_words(kept))


def option_labels(words: Translator, field: QuestionnaireField) -> list[str]:
    """What the buttons say, in the order by which taps refer to them."""
    if field.type is FieldType.GENDER:
        return [words("gender-female"), words("gender-male")]
    if field.type is FieldType.YES_NO:
        return [words("yes"), words("no")]
    return [text_of(words, option.label) for option in field.choices]


def _options(words: Translator, asked: Question) -> Rows:
    if asked.cities:
        return tuple((_option(asked, city.id, city_name(words, city)),) for city in asked.cities)
    if asked.kept:
        return ((_option(asked, 0, keep_label(words, asked.kept)),),)
    if asked.prefill and not asked.current:
        return ((_option(asked, 0, words("question-prefill", value=asked.prefill)),),)
    labels = option_labels(words, asked.field)
    if asked.field.type is FieldType.CHOICES:
        rows = [(_tickable(asked, n, label),) for n, label in enumerate(labels)]
        done = Button(words("question-choices-done"), tap=_tap(asked, -1), style=Style.PRIMARY)
        return (*rows, *(((done,),) if asked.picked else ()))
    buttons = [_option(asked, n, label) for n, label in enumerate(labels)]
    wide = any(len(label) > 14 for label in labels)
    size = 1 if wide else 2
    return tuple(tuple(buttons[n : n + size]) for n in range(0, len(buttons), size))


def _option(asked: Question, option: int, label: str) -> Button:
    return Button(cut(label, 60), tap=_tap(asked, option))


def _tickable(asked: Question, option: int, label: str) -> Button:
    on = option in asked.picked
    tap = taps.PickOption(application=asked.application, step=asked.step, option=option, on=not on)
    return Button(cut(tick(on, label), 60), tap=tap.pack())


def _tap(asked: Question, option: int) -> str:
    return taps.Choice(application=asked.application, step=asked.step, option=option).pack()


def _ways(words: Translator, asked: Question) -> Rows:
    """Back, skip where optional, cancel."""
    back = taps.BackFrom(application=asked.application, step=asked.step)
    row = [Button(words("question-back"), tap=back.pack())]
    if not asked.field.required and not asked.current:
        skip = taps.Skip(application=asked.application, step=asked.step).pack()
        row.append(Button(words("question-skip"), tap=skip))
    drop = taps.DropThis(application=asked.application).pack()
    return ((*row, Button(words("question-drop"), tap=drop)),)


def drop_sure(words: Translator, application: int) -> Screen:
    sure = taps.DropThis(application=application, sure=True).pack()
    yes = Button(words("question-drop-yes"), tap=sure, style=Style.DANGER)
    no = Button(words("question-drop-no"), tap=taps.Resume().pack())
    return Screen(words.html("question-drop-sure"), ((no, yes),))
