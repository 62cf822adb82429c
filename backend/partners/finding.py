"""What a check of a connection has found out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` in plain words, such as "the secret key is refused"; `who` mends it: "you", "the
    brand", "Mindbox support". Neither secrets nor anything of a person."""

    good: bool
    what: str
    who: str = ""
