"""A face in a log or a trace tells nothing about its owner."""

from tests.passes.face import anna


def test_what_is_printed_of_it_is_nobodys() -> None:
    told = repr(anna())
    assert "pryanik-club" in told
    for personal in ("Ёлкина", "4600000000015", "120", "Gold", "Пряник дня"):
        assert personal not in told, personal
