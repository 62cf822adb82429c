"""The invented people of the sandbox and the groups they sit in."""

import sqlite3
from dataclasses import dataclass

from bot.sandbox.box import Box
from bot.sandbox.content.text import Json
from bot.sandbox.errors import PageError

FIRST_ID = 700000001
FIRST_GROUP = -4000000001
COLORS = ("#e17076", "#7bc862", "#65aadd", "#ee7aae", "#6ec9cb", "#faa774", "#a695e7")
FIRST_PEOPLE = (
    ("Анна", "Соколова", "anna_sandbox", "ru", "+79161234501"),
    ("Борис", "Кузнецов", None, "ru", "+79161234502"),
    ("Carol", "Novak", "carol_sandbox", "en", "+420601234503"),
    ("Дина", None, "dina_sandbox", "ru", "+79161234504"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One row of `people`."""

    id: int
    first_name: str
    last_name: str | None
    username: str | None
    language_code: str
    phone_number: str
    color: str
    started: bool
    blocked: bool
    last_read: int

    @property
    def user(self) -> Json:
        """The Bot API User."""
        return (
            {"id": self.id, "is_bot": False} | self._names | {"language_code": self.language_code}
        )

    @property
    def chat(self) -> Json:
        """The private Chat with the bot, as the bot sees it."""
        return {"id": self.id, "type": "private"} | self._names

    @property
    def _names(self) -> Json:
        names = {
            "first_name": self.first_name, "last_name": self.last_name, "username": self.username,
        }  # fmt: skip
        return {name: value for name, value in names.items() if value}


def _person(row: sqlite3.Row) -> Person:
    values = dict(row)
    return Person(**values | {name: bool(values[name]) for name in ("started", "blocked")})


def find_person(box: Box, person_id: int) -> Person | None:
    row = box.store.row("SELECT * FROM people WHERE id = ?", person_id)
    return _person(row) if row else None


def get_person(box: Box, person_id: int) -> Person:
    """As `find_person`, for the page: 404 when there is nobody."""
    found = find_person(box, person_id)
    if found is None:
        raise PageError(404, "no such person")
    return found


def find_username(box: Box, username: str) -> Person | None:
    row = box.store.row("SELECT * FROM people WHERE username = ? COLLATE NOCASE", username)
    return _person(row) if row else None


def find_phone(box: Box, phone_number: str) -> Person | None:
    """By digits alone, so that «8 (916)…» is not found but «7916…» and «+7 916…» are."""
    digits = "".join(filter(str.isdigit, phone_number))
    return next((p for p in all_people(box) if p.phone_number.removeprefix("+") == digits), None)


def all_people(box: Box) -> list[Person]:
    return [_person(row) for row in box.store.rows("SELECT * FROM people ORDER BY id")]


def add_person(
    box: Box,
    first_name: str,
    last_name: str | None = None,
    language_code: str = "ru",
    phone_number: str | None = None,
    username: str | None = None,
) -> Person:
    with box.store.write():
        person_id = max(FIRST_ID, box.store.number("SELECT max(id) FROM people") + 1)
        number = person_id - FIRST_ID
        box.store.run(
            "INSERT INTO people (id, first_name, last_name, username, language_code, phone_number,"
            " color) VALUES (?, ?, ?, ?, ?, ?, ?)",
            person_id,
            first_name,
            last_name,
            username,
            language_code,
            phone_number or f"+7916{1234501 + number}",
            COLORS[number % len(COLORS)],
        )
    return get_person(box, person_id)


def settle(box: Box) -> None:
    """The first start invents a few people."""
    if box.store.number("SELECT count(*) FROM people"):
        return
    with box.store.write():
        for first_name, last_name, username, language, phone in FIRST_PEOPLE:
            add_person(box, first_name, last_name, language, phone, username)


@dataclass(frozen=True, slots=True)
class Group:
    """One row of `groups` with its members."""

    id: int
    title: str
    bot_present: bool
    members: tuple[int, ...]

    @property
    def chat(self) -> Json:
        return {
            "id": self.id, "type": "group", "title": self.title,
            "all_members_are_administrators": True,
        }  # fmt: skip


def find_group(box: Box, group_id: int) -> Group | None:
    row = box.store.row("SELECT * FROM groups WHERE id = ?", group_id)
    if row is None:
        return None
    members = box.store.rows(
        "SELECT person_id FROM members WHERE group_id = ? ORDER BY person_id", group_id
    )
    ids = tuple(int(member["person_id"]) for member in members)
    return Group(row["id"], row["title"], bool(row["bot_present"]), ids)


def groups_of(box: Box, person_id: int) -> list[Group]:
    rows = box.store.rows("SELECT group_id FROM members WHERE person_id = ?", person_id)
    found = [find_group(box, row["group_id"]) for row in rows]
    return [group for group in found if group]


def add_group(box: Box, title: str, members: list[int]) -> Group:
    with box.store.write():
        lowest = box.store.number("SELECT min(id) FROM groups")
        group_id = min(FIRST_GROUP, lowest - 1)
        box.store.run("INSERT INTO groups (id, title) VALUES (?, ?)", group_id, title)
        for person_id in dict.fromkeys(members):
            box.store.run("INSERT INTO members VALUES (?, ?)", group_id, person_id)
    group = find_group(box, group_id)
    assert group is not None
    return group
