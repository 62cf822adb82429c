"""How alike two folded texts are. rapidfuzz is imported by whoever asks first: 3 MB that a process
at rest does not need."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")


def slips(typed: str, known: str, most: int) -> int:
    """Letters that are wrong, missing, too many or swapped with their neighbour; more than `most`
    are told as one more."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(typed, known, score_cutoff=most)


def close_to(typed: str, texts: Iterable[str], at_least: float) -> Iterator[tuple[str, float]]:
    """The texts with few slips for their length, and how close each is: 1 is the same."""
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    scorer = OSA.normalized_similarity
    for text, closeness, _ in process.extract_iter(
        typed, texts, scorer=scorer, score_cutoff=at_least
    ):
        yield text, closeness


def most_alike(
    typed: str, names: Mapping[K, str], most: int, at_least: float
) -> list[tuple[str, float, K]]:
    """The best first, parts and swapped words allowed: name, likeness (0 to 100), its key."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    return process.extract(typed, names, scorer=fuzz.WRatio, limit=most, score_cutoff=at_least)
