"""Labels for the brand's own counter."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.links.utm import labelled

ADDED = "utm_source=karman&utm_medium=sms&utm_campaign=spring"


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ("https://a.ru", f"https://a.ru?{ADDED}"),
        ("https://a.ru/b?c=1&d=%2F+x#top", f"https://a.ru/b?c=1&d=%2F+x&{ADDED}#top"),
        ("https://a.ru/?utm_source=vk&UTM_MEDIUM=cpc",
         "https://a.ru/?utm_source=vk&UTM_MEDIUM=cpc&utm_campaign=spring"),
        ("https://a.ru/?utm_campaign=", "https://a.ru/?utm_campaign=&utm_source=karman"
         "&utm_medium=sms"),
        ("https://магазин.рф/чай", f"https://xn--80aairftm.xn--p1ai/%D1%87%D0%B0%D0%B9?{ADDED}"),
    ],
)  # fmt: skip
def test_labels_are_added_but_for_the_brands_own(given: str, leads: str) -> None:
    assert labelled(given, "sms", "spring") == leads


@given(st.text(max_size=30).filter(lambda text: " " not in text))
@example("[")
@example("[x]:99999999/я")
def test_what_is_no_address_breaks_nothing(text: str) -> None:
    leads = labelled(f"https://{text}", "sms", "spring")
    assert leads.startswith("https://")
    assert leads.isascii() or text.isascii()


def test_a_label_is_one_value_and_may_be_left_out() -> None:
    assert (
        labelled("https://a.ru", "email", "") == "https://a.ru?utm_source=karman&utm_medium=email"
    )
    assert labelled("https://a.ru", "email", "a&b=c #d").endswith("utm_campaign=a%26b%3Dc%20%23d")


@given(st.text(max_size=60))
def test_no_label_breaks_a_header(label: str) -> None:
    leads = labelled("https://a.ru/x", "sms", label)
    assert leads.isascii()
    assert leads.isprintable()
    assert " " not in leads
