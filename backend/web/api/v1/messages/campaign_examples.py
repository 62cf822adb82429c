"""A campaign by example, as it is entered and told."""

from collections.abc import Mapping
from typing import Any

from backend.web.api.v1.messages.template_shown import CONTENT, LOOKED

ENTRY: Mapping[str, Any] = {
    "name": "Spring sale, Kazan",
    "audience": {"field": "city", "in": ["kazan"]},
    "variants": [{"name": "A", "content": CONTENT}],
    "cascade": [
        {"channel": "telegram", "wait_minutes": 60, "arrived": "clicked"},
        {"channel": "sms"},
    ],
    "holdout": 10,
    "group": "spring",
    "erid": "2VtzqwXYZ",
}
EXAMPLE: Mapping[str, Any] = {
    "id": 12,
    "brand": "lavka",
    **ENTRY,
    "purpose": "promo",
    "variants": [{"name": "A", "share": 100, "content": CONTENT}],
    "cascade": [
        {"channel": "telegram", "wait_minutes": 60, "arrived": "clicked"},
        {"channel": "sms", "wait_minutes": 0, "arrived": "accepted"},
    ],
    "cheapest_first": False,
    "quiet": True,
    "capped": True,
    "advertiser": "ООО «Лавка»",
    "inn": "0000012341",
    "state": "draft",
    "author": "key:17",
    "recipients": 0,
    "held_out": 0,
    "created_at": "2026-11-27T12:30:00Z",
}
PROGRESS: Mapping[str, Any] = {
    "state": "sending",
    "recipients": 120_000,
    "held_out": 13_300,
    "listed": True,
    "settled": 41_730,
    "states": {"delivered": 40_952, "stopped": 611, "failed": 160, "in_doubt": 7},
    "per_second": 27.9,
    "seconds_left": 2805,
}


PREVIEW: Mapping[str, Any] = {
    "meant": 161_200,
    "recipients": 120_000,
    "held_out": 13_300,
    "left_out": {"no_consent": 21_400, "not_reachable": 6_500},
    "quiet": 0,
    "digest": 840,
    "not_set_up": [],
    "sentence": {"ru": "живёт в городе Казань", "en": "lives in Kazan"},
    "rounded": False,
    "forms": [{**LOOKED["forms"][0], "variant": "A"}],
}
