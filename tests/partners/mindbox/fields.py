"""What a body may hold: names, types, formats; refused as Mindbox refuses it."""

import re
from datetime import date
from typing import Any

from tests.partners.mindbox.project import Kind, Project

CLEAR = "%CLEAR%"
NUMBERS_LETTERS = (str, int)
CUSTOMER: dict[str, Any] = {
    "ids": dict,
    "lastName": str,
    "firstName": str,
    "middleName": str,
    "fullName": str,
    "mobilePhone": NUMBERS_LETTERS,
    "email": str,
    "birthDate": str,
    "sex": str,
    "area": dict,
    "customFields": dict,
    "subscriptions": list,
    "discountCard": dict,
}
FIND = {"ids", "mobilePhone", "email", "discountCard"}
EDIT = set(CUSTOMER) - {"discountCard"}
SUBSCRIPTION: dict[str, Any] = {
    "brand": str, "pointOfContact": str, "topic": str, "isSubscribed": bool,
    "valueByDefault": bool,
}  # fmt: skip
PAGE: dict[str, Any] = {
    "pageNumber": NUMBERS_LETTERS, "itemsPerPage": NUMBERS_LETTERS, "sinceDateTimeUtc": str,
    "tillDateTimeUtc": str,
}  # fmt: skip
# kind → what the top must hold, what it may, and what of a customer
TOP: dict[Kind, tuple[set[str], set[str], set[str]]] = {
    Kind.CHECK: ({"customer"}, set(), FIND),
    Kind.CUSTOMER: ({"customer"}, {"page"}, FIND),
    Kind.REGISTER: ({"customer"}, {"pointOfContact", "executionDateTimeUtc"}, EDIT),
    Kind.EDIT: ({"customer"}, {"pointOfContact", "executionDateTimeUtc"}, EDIT),
    Kind.CONFIRM_PHONE: (
        {"customer", "executionDateTimeUtc"}, {"pointOfContact"}, {"ids", "mobilePhone"},
    ),
    Kind.CONFIRM_EMAIL: ({"customer"}, {"pointOfContact"}, {"ids", "email"}),
    Kind.CARD: ({"discountCard"}, set(), set()),
    Kind.CARDS: ({"customer"}, set(), {"ids"}),
    Kind.BIND: ({"customer", "discountCard"}, {"pointOfContact"}, {"ids"}),
    Kind.BIND_FROM_POOL: ({"customer"}, {"pointOfContact"}, {"ids"}),
    Kind.ACTIVATE: ({"customer", "discountCard"}, {"pointOfContact"}, {"ids"}),
    Kind.UNBIND: ({"discountCard"}, {"pointOfContact"}, set()),
    Kind.REPLACE: ({"oldDiscountCard", "newDiscountCard"}, {"pointOfContact"}, set()),
    Kind.ORDERS: ({"customer", "page"}, set(), {"ids"}),
    Kind.BALANCE_HISTORY: ({"customer", "page"}, set(), {"ids"}),
    Kind.PROMOTIONS: ({"customer"}, set(), {"ids"}),
}  # fmt: skip


class Protocol(Exception):
    """400: the integration has to be mended."""


class Invalid(Exception):
    """ValidationError: what was entered does not do."""

    def __init__(self, *messages: tuple[str, str]) -> None:
        super().__init__(messages)
        self.messages = messages


def check_body(project: Project, kind: Kind, body: Any) -> None:
    """Raises Protocol for the wrong shape, Invalid for the wrong value."""
    if not isinstance(body, dict):
        raise Protocol("Тело запроса не является объектом")
    must, may, of_customer = TOP[kind]
    for name in must - body.keys():
        raise Protocol(f"Не передано поле {name}")
    for name in body.keys() - must - may:
        raise Protocol(f"Операция не принимает поле {name}")
    if body.get("pointOfContact", "PrilozhenieKoshelek") not in project.points_of_contact:
        raise Protocol("Точка контакта не найдена")
    moment = body.get("executionDateTimeUtc")
    if moment is not None and not re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", str(moment)
    ):
        raise Protocol("executionDateTimeUtc: ожидается YYYY-MM-DD HH:MM:SS.fff")
    for name in ("discountCard", "oldDiscountCard", "newDiscountCard"):
        if name in body:
            _card(body[name])
    if "page" in body:
        _page(body["page"])
    if "customer" in body:
        _customer(project, body["customer"], of_customer)


def _typed(what: str, value: Any, shape: dict[str, Any]) -> None:
    if not isinstance(value, dict):
        raise Protocol(f"{what} не является объектом")
    for name, each in value.items():
        if name not in shape:
            raise Protocol(f"{what}: неизвестное поле {name}")
        if not isinstance(each, shape[name]) or (
            isinstance(each, bool) and shape[name] is not bool
        ):
            raise Protocol(f"{what}: поле {name} не того типа")


def _card(value: Any) -> None:
    _typed("discountCard", value, {"ids": dict})
    number = value.get("ids", {}).get("number")
    if set(value["ids"]) != {"number"} or not isinstance(number, str) or not number.strip():
        raise Protocol("discountCard: ожидается ids.number")


def _page(value: Any) -> None:
    _typed("page", value, PAGE)
    number, most = int(value["pageNumber"]), int(value["itemsPerPage"])
    if number < 1 or not 1 <= most <= 1000:
        raise Protocol("page: страницы нумеруются с 1, не более 1000 элементов")


def _customer(project: Project, value: Any, allowed: set[str]) -> None:
    _typed("customer", value, {name: CUSTOMER[name] for name in allowed})
    for name, each in value.get("ids", {}).items():
        if name not in project.id_names | {"mindboxId"}:
            raise Protocol(f"Идентификатор {name} не настроен на проекте")
        if not isinstance(each, str | int) or not str(each).strip():
            raise Protocol(f"Идентификатор {name} не заполнен")
    for name in value.get("customFields", {}).keys() - project.custom_fields:
        raise Protocol(f"Дополнительное поле {name} не настроено на проекте")
    if "area" in value and value["area"].get("ids", {}).get("externalId") not in project.areas:
        raise Protocol("Географическая зона не найдена")
    if "discountCard" in value:
        _card(value["discountCard"])
    for each in value.get("subscriptions", ()):
        _subscription(project, each)
    _values(value)


def _subscription(project: Project, value: Any) -> None:
    _typed("subscription", value, SUBSCRIPTION)
    brand, topic = value.get("brand", ""), value.get("topic", "")
    if brand not in project.brands:
        raise Protocol("Бренд не найден")
    if value.get("pointOfContact") not in project.channels:
        raise Protocol("Канал подписки не найден")
    if topic and topic not in project.brands[brand]:
        raise Protocol("Тематика не найдена")


def _values(value: dict[str, Any]) -> None:
    wrong: list[tuple[str, str]] = []
    phone, email = str(value.get("mobilePhone", CLEAR)), value.get("email", CLEAR)
    if phone != CLEAR and not re.fullmatch(r"79\d{9}", phone):
        wrong.append(("Некорректный мобильный телефон.", "/customer/mobilePhone"))
    if email != CLEAR and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        told = f'"{email}" не является корректным адресом электронной почты.'
        wrong.append((told, "/customer/email"))
    born = value.get("birthDate", CLEAR)
    if born != CLEAR and not _is_day(born):
        wrong.append(("Некорректная дата рождения.", "/customer/birthDate"))
    if value.get("sex", CLEAR) not in {CLEAR, "male", "female"}:
        wrong.append(("Некорректный пол.", "/customer/sex"))
    if wrong:
        raise Invalid(*wrong)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
