"""What each operation of the project of the tests does and answers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.partners.mindbox.people import (
    back,
    confirm,
    edit,
    found,
    register,
    shown_person,
)
from tests.partners.mindbox.project import Kind, Person, Plastic, Project

Told = dict[str, Any]
NOT_FOUND: Told = {"customer": {"processingStatus": "NotFound"}}


def _check(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    return {"customer": {"processingStatus": "Found" if person else "NotFound"}}


def _customer(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    if person is None:
        return NOT_FOUND
    segments = [
        {"segmentation": {"ids": {"externalId": name}}, "segment": {"ids": {"externalId": each}}}
        for name, each in person.segments
    ]
    told = {"customer": shown_person(project, person), "balances": _balances(project, person)}
    return told | ({"customerSegmentations": segments} if segments else {})


def _balances(project: Project, person: Person) -> list[Told]:
    names = ("total", "available", "blocked")
    spelt = names if project.short_balances else tuple(f"{name}Value" for name in names)
    shown: list[Told] = []
    for system_name, amounts in person.balances.items():
        told: Told = dict(zip(spelt, map(_number, amounts), strict=True))
        told["balanceType"] = {"ids": {"systemName": system_name}, "name": "Баллы"}
        shown.append(told | ({"systemName": system_name} if project.short_balances else {}))
    # Their order is not promised.
    return shown[::-1]


def _number(amount: Decimal) -> float:
    return float(amount)


def _register(project: Project, body: Told) -> Told:
    person = register(project, body["customer"])
    ids = {"mindboxId": person.mindbox_id}
    return {"customer": {"processingStatus": "Processed", "ids": ids}}


def _edit(project: Project, body: Told) -> Told:
    person = found(project, _to_find(body["customer"]))
    if person is None:
        return NOT_FOUND
    edit(project, person, body["customer"])
    return {"customer": {"processingStatus": "Processed", "ids": {"mindboxId": person.mindbox_id}}}


def _to_find(customer: Told) -> Told:
    """Whoever has the project's own id is found by it alone."""
    ids = customer.get("ids", {})
    return {"ids": {"mindboxId": ids["mindboxId"]}} if "mindboxId" in ids else customer


def _confirm(name: str) -> Callable[[Project, Told], Told]:
    def act(project: Project, body: Told) -> Told:
        customer = body["customer"]
        person = found(project, {"ids": customer["ids"]})
        status = "NotFound" if person is None else confirm(person, name, str(customer[name]))
        if name == "email":
            return {} if person else NOT_FOUND
        return {"mobilePhoneConfirmation": {"processingStatus": status}}

    return act


def shown_card(card: Plastic) -> Told:
    told: Told = {
        "ids": {"number": card.number},
        "status": {"ids": {"systemName": card.status}},
        "type": {"ids": {"externalId": card.type}, "name": "Карта"},
    }
    custom = {back(name): value for name, value in card.custom.items()}
    return told | ({"customFields": custom} if custom else {})


def _card(project: Project, body: Told) -> Told:
    card = project.cards.get(body["discountCard"]["ids"]["number"])
    if card is None:
        return {"discountCard": {"processingStatus": "NotFound"}}
    return {"discountCard": {"processingStatus": "Found"} | shown_card(card)}


def _cards(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    if person is None:
        return NOT_FOUND
    # A list says nothing of the types.
    shown = [shown_card(card) for card in project.cards_of(person)]
    return {"discountCards": [{k: v for k, v in each.items() if k != "type"} for each in shown]}


def _bind(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    card = project.cards.get(body["discountCard"]["ids"]["number"])
    status = bind(person, card)
    known = "Found" if person else "NotFound"
    return {"customer": {"processingStatus": known}, "discountCard": {"processingStatus": status}}


def bind(person: Person | None, card: Plastic | None) -> str:
    if person is None:
        return "NotProcessed"
    if card is None:
        return "NotFound"
    if card.owner is not None:
        mine = card.owner == person.mindbox_id
        return "AlreadyBoundToCurrentCustomer" if mine else "AlreadyBoundToAnotherCustomer"
    card.owner = person.mindbox_id
    card.status = "Issued" if card.status == "NotIssued" else card.status
    card.history.append(f"bound to {person.mindbox_id}")
    return "Bound"


def _bind_from_pool(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    free = [card for card in project.cards.values() if card.status == "NotIssued"]
    card = free[0] if free else None
    status = bind(person, card)
    shown = shown_card(card) if status == "Bound" and card is not None else {}
    return {"discountCard": {"processingStatus": status} | shown}


def _activate(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    card = project.cards.get(body["discountCard"]["ids"]["number"])
    if card is None:
        return {"discountCard": {"processingStatus": "NotFound"}}
    if card.owner is None or person is None or card.owner != person.mindbox_id:
        status = "NotBoundToCustomer" if card.owner is None else "BoundToAnotherCustomer"
        return {"discountCard": {"processingStatus": status}}
    status = "NotChanged" if card.status in {"Activated", "Blocked"} else "Changed"
    if status == "Changed":
        card.status = "Activated"
        card.history.append("activated")
    return {"discountCard": {"processingStatus": status} | shown_card(card)}


def _unbind(project: Project, body: Told) -> Told:
    card = project.cards.get(body["discountCard"]["ids"]["number"])
    if card is None:
        return {"discountCard": {"processingStatus": "NotFound"}}
    status = "NotChanged" if card.owner is None else "Processed"
    if card.owner is not None:
        card.history.append(f"unbound from {card.owner}")
        card.owner = None
    return {"discountCard": {"processingStatus": status}}


def _replace(project: Project, body: Told) -> Told:
    old = project.cards.get(body["oldDiscountCard"]["ids"]["number"])
    new = project.cards.get(body["newDiscountCard"]["ids"]["number"])
    if old is None or old.owner is None:
        before = "NotFound" if old is None else "NotBoundToCustomer"
        after = "NotProcessed"
    else:
        after = bind(project.people[old.owner], new)
        before = "Changed" if after == "Bound" and old.status != "Blocked" else "NotChanged"
        old.status = "Blocked" if after == "Bound" else old.status
    return {
        "oldDiscountCard": {"processingStatus": before},
        "newDiscountCard": {"processingStatus": after},
    }


def _paged(name: str, of: str) -> Callable[[Project, Told], Told]:
    def act(project: Project, body: Told) -> Told:
        person = found(project, body["customer"])
        if person is None:
            return NOT_FOUND
        page, most = int(body["page"]["pageNumber"]), int(body["page"]["itemsPerPage"])
        every = getattr(person, of)
        told: Told = {name: every[(page - 1) * most : page * most]}
        return told | ({"customerActionsCount": len(every)} if of == "changes" else {})

    return act


def _promotions(project: Project, body: Told) -> Told:
    person = found(project, body["customer"])
    return NOT_FOUND if person is None else {"promoActions": person.promotions}


DO: dict[Kind, Callable[[Project, Told], Told]] = {
    Kind.CHECK: _check,
    Kind.CUSTOMER: _customer,
    Kind.REGISTER: _register,
    Kind.EDIT: _edit,
    Kind.CONFIRM_PHONE: _confirm("mobilePhone"),
    Kind.CONFIRM_EMAIL: _confirm("email"),
    Kind.CARD: _card,
    Kind.CARDS: _cards,
    Kind.BIND: _bind,
    Kind.BIND_FROM_POOL: _bind_from_pool,
    Kind.ACTIVATE: _activate,
    Kind.UNBIND: _unbind,
    Kind.REPLACE: _replace,
    Kind.ORDERS: _paged("orders", "orders"),
    Kind.BALANCE_HISTORY: _paged("customerActions", "changes"),
    Kind.PROMOTIONS: _promotions,
}
