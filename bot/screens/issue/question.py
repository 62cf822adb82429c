"""One question of the questionnaire, with its progress and its buttons."""

from backend.cards.issue.view_question import QuestionView
from backend.platform.words import Translator
from bot.screens.issue.answers import answer_in_words, cards_in_words, text_of
from bot.screens.parts import city_name, cut, escape, tick
from bot.screens.screen import Ask, AskKeyboard, Button, Rows, Screen, Style
from bot.taps.issue import BackFrom, Choice, DropThis, KeepAnswer, PickOption, Resume, Skip
from catalog.questions.phone import phone_in_words
from catalog.questions.question import FieldType, QuestionnaireField

_STANDARD_WORDS = {
    FieldType.GIVEN_NAME: "question-given-name",
    FieldType.SURNAME: "question-surname",
    FieldType.PATRONYMIC: "question-patronymic",
    FieldType.GENDER: "question-gender",
    FieldType.BIRTH_DATE: "question-birth-date",
    FieldType.CITY: "question-city",
    FieldType.EMAIL: "question-email",
}


def question(words: Translator, asked: QuestionView, *, noted: str = "", wrong: str = "") -> Screen:
    """`noted`: the answer before, as it was understood. `wrong`: why the last answer could not be
    taken; then the screen stands below it."""
    head = words.html("question-progress", number=asked.step + 1, total=asked.total)
    if not wrong and asked.step == 0:
        head += "\n" + words.html(
            "question-brands",
            count=len(asked.cards),
            brands=cut(cards_in_words(words, asked.cards), 300),
        )
    if noted and not wrong:
        head = words.html("question-noted", value=noted) + f"\n\n{head}"
    current = _current(words, asked)
    body = f"⚠️ {escape(wrong)}" if wrong else _words(words, asked, current)
    text = f"{head}\n\n{body}"
    if asked.asks.type is FieldType.PHONE:
        return _phone(words, asked, text)
    rows = (
        *_kept(words, asked, current),
        *_options(words, asked, current),
        *_ways(words, asked, current),
    )
    return Screen(text, rows, fresh=bool(wrong))


def _current(words: Translator, asked: QuestionView) -> str:
    """The answer that stands, in words."""
    if asked.value is None:
        return ""
    return answer_in_words(words, asked.asks, asked.value, asked.named)


def _kept(words: Translator, asked: QuestionView, current: str) -> Rows:
    """An answer that stands is left with one tap; a contact has its own button."""
    if not current or asked.kept:
        return ()
    tap = KeepAnswer(application=asked.application, step=asked.step).pack()
    label = cut(words("question-keep", value=current), 60)
    return ((Button(label, tap=tap, style=Style.PRIMARY),),)


def _words(words: Translator, asked: QuestionView, current: str) -> str:
    key = _STANDARD_WORDS.get(asked.asks.type)
    now = [words.html("question-now", value=cut(current, 200))] if current else []
    if key is not None:
        return "\n".join((f"<b>{words.html(key)}</b>", words.html(key + ".example"), *now))
    lines = [f"<b>{escape(text_of(words, asked.asks.label))}</b>"]
    if asked.asks.hint is not None:
        lines.append(escape(text_of(words, asked.asks.hint)))
    if asked.asks.type is FieldType.CHOICES:
        lines.append(words.html("question-choices-hint"))
    if asked.asks.type is FieldType.DATE:
        lines.append(words.html("question-birth-date.example"))
    return "\n".join((*lines, *now))


def _phone(words: Translator, asked: QuestionView, text: str) -> Screen:
    """Only the reply keyboard can share a contact; cancelling is a plain word on it."""
    others = [keep_label(words, asked.kept)] if asked.kept else []
    manual = words("contact-phone-manual")
    others += [manual, words("question-back")]
    if not asked.asks.required:
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


def _options(words: Translator, asked: QuestionView, current: str) -> Rows:
    if asked.cities:
        return tuple((_option(asked, city.id, city_name(words, city)),) for city in asked.cities)
    if asked.kept:
        return ((_option(asked, 0, keep_label(words, asked.kept)),),)
    if asked.guess and not current:
        return ((_option(asked, 0, words("question-prefill", value=asked.guess)),),)
    labels = option_labels(words, asked.asks)
    if asked.asks.type is FieldType.CHOICES:
        rows = [(_tickable(asked, n, label),) for n, label in enumerate(labels)]
        done = Button(words("question-choices-done"), tap=_tap(asked, -1), style=Style.PRIMARY)
        return (*rows, *(((done,),) if asked.picked else ()))
    buttons = [_option(asked, n, label) for n, label in enumerate(labels)]
    wide = any(len(label) > 14 for label in labels)
    size = 1 if wide else 2
    return tuple(tuple(buttons[n : n + size]) for n in range(0, len(buttons), size))


def _option(asked: QuestionView, option: int, label: str) -> Button:
    return Button(cut(label, 60), tap=_tap(asked, option))


def _tickable(asked: QuestionView, option: int, label: str) -> Button:
    on = option in asked.picked
    tap = PickOption(application=asked.application, step=asked.step, option=option, on=not on)
    return Button(cut(tick(on, label), 60), tap=tap.pack())


def _tap(asked: QuestionView, option: int) -> str:
    return Choice(application=asked.application, step=asked.step, option=option).pack()


def _ways(words: Translator, asked: QuestionView, current: str) -> Rows:
    """Back, skip where optional, cancel."""
    back = BackFrom(application=asked.application, step=asked.step)
    row = [Button(words("question-back"), tap=back.pack())]
    if not asked.asks.required and not current:
        skip = Skip(application=asked.application, step=asked.step).pack()
        row.append(Button(words("question-skip"), tap=skip))
    drop = DropThis(application=asked.application).pack()
    return ((*row, Button(words("question-drop"), tap=drop)),)


def drop_sure(words: Translator, application: int) -> Screen:
    sure = DropThis(application=application, sure=True).pack()
    yes = Button(words("question-drop-yes"), tap=sure, style=Style.DANGER)
    no = Button(words("question-drop-no"), tap=Resume().pack())
    return Screen(words.html("question-drop-sure"), ((no, yes),))
