"""A text for people in both languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    ru: str
    en: str
