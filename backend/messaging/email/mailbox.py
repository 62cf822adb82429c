"""A mailbox over IMAP: what nobody has seen in it, some at a time, and a mark when it was read.

Python's own client, which waits: each call is made in a thread and ends when the socket is shut.
What is asked of a letter is its first bytes and no more.
"""

import imaplib
import ssl
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from backend.messaging.email.bounce import LARGEST
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.world.outside import ImapTarget

# A stop of the process waits for a connection that is being made, and for nothing after it.
CONNECT_SECONDS = 3.0
TIMEOUT_SECONDS = 15.0
# Numbers of letters that are named at once.
_LISTED = 5000


class Mailbox:
    """Open until the block ends. Raises TryLater and NeedsSettings, without what the server said:
    it may quote an address."""

    def __init__(self, target: ImapTarget) -> None:
        self._target = target
        self._client: imaplib.IMAP4 | None = None

    def __enter__(self) -> Self:
        target = self._target
        try:
            self._client = client = _connected(target)
            _checked(client.login(target.user, target.password), "the login")
            _checked(client.select(_quoted(target.mailbox)), "the mailbox")
        except imaplib.IMAP4.abort as lost:
            raise TryLater("the mailbox is away") from lost
        except imaplib.IMAP4.error as refused:
            self.shut()
            raise NeedsSettings(
                "the mail server refused the login or the mailbox; check KARMAN_BOUNCE_IMAP_URL"
            ) from refused
        except ssl.SSLError as wrong:
            raise NeedsSettings("the mail server lacks the TLS that is asked for") from wrong
        except OSError as away:
            raise TryLater(f"the mailbox is away: {type(away).__name__}") from away
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.shut()

    def shut(self) -> None:
        """From any thread: whoever waits for the server waits no longer."""
        if self._client is not None:
            try:
                self._client.shutdown()
            except (OSError, imaplib.IMAP4.error):
                return

    def unseen(self, most: int) -> Iterator[tuple[str, bytes]]:
        """The oldest first: by which number the mailbox knows a letter, and how it begins."""
        _, found = self._uid("SEARCH", "UNSEEN")
        for uid in _numbers(found)[:most]:
            _, parts = self._uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
            yield uid, _literal(parts)

    def mark_seen(self, uids: Sequence[str]) -> None:
        if uids:
            self._uid("STORE", ",".join(uids), "+FLAGS.SILENT", "(\\Seen)")

    def _uid(self, command: str, *arguments: str) -> tuple[str, list[Any]]:
        assert self._client is not None
        try:
            return _checked(self._client.uid(command, *arguments), "a command")
        except (imaplib.IMAP4.error, OSError) as wrong:
            raise TryLater(f"the mailbox did not answer: {type(wrong).__name__}") from wrong


def _connected(target: ImapTarget) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if target.tls:
        client: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            target.host, target.port, ssl_context=context, timeout=CONNECT_SECONDS
        )
    else:
        client = imaplib.IMAP4(target.host, target.port, timeout=CONNECT_SECONDS)
        if target.starttls:
            client.starttls(context)
    client.sock.settimeout(TIMEOUT_SECONDS)
    return client


def _checked(answer: tuple[str, list[Any]], what: str) -> tuple[str, list[Any]]:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(f"the server refused {what}")
    return answer


def _quoted(mailbox: str) -> str:
    return f'"{mailbox}"'


def _numbers(found: list[Any]) -> list[str]:
    text = found[0].decode("ascii", "replace") if found and isinstance(found[0], bytes) else ""
    return sorted((each for each in text.split()[:_LISTED] if each.isdecimal()), key=int)


def _literal(parts: list[Any]) -> bytes:
    """What the server sent as the letter's bytes; nothing for one that has gone meanwhile."""
    for part in parts:
        if isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes):
            return part[1][:LARGEST]
    return b""
