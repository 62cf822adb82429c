"""What the operations on customers do in the project of the tests."""

from typing import Any

from tests.partners.mindbox.fields import CLEAR, Invalid
from tests.partners.mindbox.project import Person, Project

CONTACTS = {"mobilePhone": "phone_confirmed", "email": "email_confirmed"}
NAMES = ("lastName", "firstName", "middleName", "fullName", "birthDate", "sex")


def back(name: str) -> str:
    """Keys come back in camel case, whatever was configured: TGID as tGID."""
    return name[:1].lower() + name[1:]


def found(project: Project, customer: dict[str, Any]) -> Person | None:
    """By id, then by phone, by e-mail, by card: the first that is given and known."""
    people = project.people.values()
    for name, value in customer.get("ids", {}).items():
        known = project.people.get(int(value)) if name == "mindboxId" else None
        known = known or next((p for p in people if p.ids.get(name) == str(value)), None)
        if known is not None:
            return known
    if customer.get("ids"):
        return None
    for name in CONTACTS:
        if name in customer:
            wanted = str(customer[name])
            return next((p for p in people if p.fields.get(name) == wanted), None)
    number = customer.get("discountCard", {}).get("ids", {}).get("number")
    card = project.cards.get(number) if number else None
    return project.people[card.owner] if card is not None and card.owner is not None else None


def shown_person(project: Project, person: Person) -> dict[str, Any]:
    """Only what is filled."""
    shown: dict[str, Any] = {
        "processingStatus": "Found",
        "ids": {"mindboxId": person.mindbox_id}
        | {back(name): value for name, value in person.ids.items()},
        **{name: person.fields[name] for name in NAMES if name in person.fields},
    }
    if "mobilePhone" in person.fields:
        shown["mobilePhone"] = int(person.fields["mobilePhone"])
        shown["isMobilePhoneInvalid"] = False
        shown["isMobilePhoneConfirmed"] = person.phone_confirmed
    if "email" in person.fields:
        shown["email"] = person.fields["email"]
        shown["isEmailInvalid"] = False
        shown["isEmailConfirmed"] = person.email_confirmed
    for name, value in person.pending.items():
        shown[f"pending{name[:1].upper()}{name[1:]}"] = value
    if "area" in person.fields:
        shown["area"] = {"ids": {"externalId": person.fields["area"]}, "name": "Зона"}
    if person.custom:
        shown["customFields"] = {back(name): value for name, value in person.custom.items()}
    if person.subscriptions:
        shown["subscriptions"] = [
            {"brand": brand, "pointOfContact": channel, "isSubscribed": yes}
            | ({"topic": topic} if topic else {})
            for (brand, channel, topic), yes in person.subscriptions.items()
        ]
    shown["changeDateTimeUtc"] = f"{project.clock():%Y-%m-%dT%H:%M:%S}.2885146Z"
    return shown


def register(project: Project, customer: dict[str, Any]) -> Person:
    if not any(name in customer for name in CONTACTS):
        raise Invalid(("Заполните хотя бы один контакт.", ""))
    known = found(project, {"ids": customer.get("ids", {})}) if customer.get("ids") else None
    if known is not None:
        if project.refuses_again:
            raise Invalid(("Технические id должны быть уникальны.", "/customer/ids"))
        return edit(project, known, customer)
    for name in CONTACTS:
        if name in customer and found(project, {name: customer[name]}) is not None:
            told = "Пользователь с таким контактом уже зарегистрирован."
            raise Invalid((told, f"/customer/{name}"))
    person = project.add_person()
    person.history.append("registered")
    _write(project, person, customer)
    return person


def edit(project: Project, person: Person, customer: dict[str, Any]) -> Person:
    for name, value in customer.get("ids", {}).items():
        other = found(project, {"ids": {name: value}})
        if other is not None and other is not person:
            raise Invalid(("Технические id должны быть уникальны.", f"/customer/ids/{name}"))
    for name in CONTACTS:
        other = found(project, {name: customer[name]}) if name in customer else None
        if other is not None and other is not person:
            raise Invalid(("Введите другой контакт.", f"/customer/{name}"))
    person.history.append("edited")
    _write(project, person, customer)
    return person


def _write(project: Project, person: Person, customer: dict[str, Any]) -> None:
    for name, value in customer.get("ids", {}).items():
        if name != "mindboxId":
            person.ids[name] = str(value)
    for name in NAMES:
        if name in customer:
            _put(person.fields, name, customer[name])
    for name, confirmed in CONTACTS.items():
        if name in customer:
            _contact(person, name, str(customer[name]), confirmed)
    if "area" in customer:
        person.fields["area"] = customer["area"]["ids"]["externalId"]
    for name, value in customer.get("customFields", {}).items():
        _put(person.custom, name, value)
    for each in customer.get("subscriptions", ()):
        topic = (each["brand"], each["pointOfContact"], each.get("topic", ""))
        person.subscriptions[topic] = each.get("isSubscribed", True)
        person.history.append(f"{'+' if person.subscriptions[topic] else '-'}{'/'.join(topic)}")


def _contact(person: Person, name: str, value: str, confirmed: str) -> None:
    """What is confirmed stays until the new one is confirmed too."""
    if value == CLEAR:
        person.fields.pop(name, None)
        person.pending.pop(name, None)
        setattr(person, confirmed, False)
    elif person.fields.get(name) == value:
        person.pending.pop(name, None)
    elif getattr(person, confirmed):
        person.pending[name] = value
    else:
        person.fields[name] = value


def confirm(person: Person, name: str, value: str) -> str:
    confirmed = CONTACTS[name]
    if person.pending.get(name) == value:
        person.fields[name] = person.pending.pop(name)
        person.history.append(f"{name} confirmed")
        return "MobilePhoneConfirmed"
    if person.fields.get(name) != value:
        raise Invalid(("Контакт не принадлежит клиенту.", f"/customer/{name}"))
    if getattr(person, confirmed):
        return "MobilePhoneAlreadyConfirmed"
    setattr(person, confirmed, True)
    person.history.append(f"{name} confirmed")
    return "MobilePhoneConfirmed"


def _put(into: dict[str, Any], name: str, value: Any) -> None:
    if value == CLEAR:
        into.pop(name, None)
    else:
        into[name] = value
