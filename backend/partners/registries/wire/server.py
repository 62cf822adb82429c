"""How a server that speaks SFTP is reached."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Server:
    """`host_keys` are fingerprints (`SHA256:…`), `private_key` in OpenSSH's own form. A file may
    take `seconds_of_a_file`, everything else `seconds`. `allowed` says whether an address may be
    spoken to."""

    host: str
    port: int
    user: str
    host_keys: frozenset[str]
    password: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    root: str = "."
    seconds: float = 60.0
    seconds_of_a_file: float = 900.0
    allowed: Callable[[str], bool] = field(default=lambda _address: True, repr=False)
