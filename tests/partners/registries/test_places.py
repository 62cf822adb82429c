"""A folder and a server are the same to whoever exchanges files there."""

import os
from pathlib import Path

import asyncssh
import pytest

from backend.partners.registries.wire.errors import (
    AlreadyThere,
    Away,
    Denied,
    Gone,
    OtherHostKey,
    TooLarge,
)
from backend.partners.registries.wire.folder import Folder
from backend.partners.registries.wire.place import Place, temporary, unfinished
from tests.partners.registries.conftest import asked
from tests.partners.registries.server import SftpServer
from tests.support.machine.servers import free_port


async def test_files_are_listed_and_read(place: Place, root: Path) -> None:
    (root / "in" / "b.zip").write_bytes(b"12345")
    (root / "in" / "a.zip").write_bytes(b"")
    (root / "in" / ".hidden").write_bytes(b"x")
    (root / "in" / "folder").mkdir()
    os.utime(root / "in" / "b.zip", (1_700_000_000, 1_700_000_000))
    found = await place.entries("in", 100)
    assert [(entry.name, entry.size) for entry in found] == [("a.zip", 0), ("b.zip", 5)]
    assert found[1].changed == 1_700_000_000
    assert await place.read("in", "b.zip", 5) == b"12345"
    assert len(await place.entries("in", 1)) == 1


async def test_what_is_too_large_is_not_read_to_its_end(place: Place, root: Path) -> None:
    (root / "in" / "b.zip").write_bytes(bytes(1_000_000))
    with pytest.raises(TooLarge):
        await place.read("in", "b.zip", 999_999)
    assert len(await place.read("in", "b.zip", 1_000_000)) == 1_000_000


async def test_links_are_not_followed(place: Place, root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (root / "in" / "link.zip").symlink_to(tmp_path / "secret")
    os.mkfifo(root / "in" / "pipe.zip")
    assert await place.entries("in", 100) == []
    for name in ("link.zip", "pipe.zip", "none.zip"):
        with pytest.raises(Gone):
            await place.read("in", name, 100)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "..", ".", "", "a/b", "a\\b", "a\0b"])
async def test_a_name_is_the_name_of_one_file(place: Place, name: str) -> None:
    with pytest.raises(ValueError, match="one file"):
        await place.read("in", name, 100)
    with pytest.raises(ValueError, match="one file"):
        await place.write("out", name, b"")
    if name != "a/b":
        with pytest.raises(ValueError, match="one file"):
            await place.entries(f"in/{name}", 100)


async def test_a_file_appears_whole_and_nothing_is_written_over(place: Place, root: Path) -> None:
    content = os.urandom(600_000)
    (root / "out" / temporary("a.zip")).write_bytes(b"of a turn that was killed" * 100_000)
    await place.write("out", "a.zip", content)
    assert [path.name for path in (root / "out").iterdir()] == ["a.zip"]
    assert (root / "out" / "a.zip").read_bytes() == content
    with pytest.raises(AlreadyThere):
        await place.write("out", "a.zip", b"other")
    assert (root / "out" / "a.zip").read_bytes() == content
    assert unfinished(temporary("a.zip"))


async def test_what_is_missing_or_locked_is_for_a_human(place: Place, root: Path) -> None:
    (root / "reject").rmdir()
    for work in (place.entries("reject", 9), place.write("reject", "a", b"")):
        with pytest.raises(Denied, match="missing"):
            await work
    await place.try_writing("out")
    assert list((root / "out").iterdir()) == []
    with pytest.raises(Denied):
        await place.try_writing("reject")


async def test_a_folder_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("a file")
    with pytest.raises(Denied):
        await Folder(tmp_path).entries("in", 9)


async def test_a_changed_host_key_is_told_and_nothing_is_sent(root: Path, sftp: SftpServer) -> None:
    other = str(asyncssh.generate_private_key("ssh-ed25519").get_fingerprint())
    with pytest.raises(OtherHostKey) as changed:
        async with asked(sftp, host_keys=frozenset({other})):
            pass
    assert changed.value.shown == sftp.fingerprint
    assert sftp.logins == 0, "the password stays here"
    async with asked(sftp, host_keys=frozenset({other, sftp.fingerprint})) as place:
        assert await place.entries("in", 9) == []


async def test_a_wrong_password_is_for_a_human(sftp: SftpServer) -> None:
    with pytest.raises(Denied, match="does not accept our user"):
        async with asked(sftp, password="wrong"):
            pass


async def test_a_key_instead_of_a_password(sftp: SftpServer) -> None:
    ours = asyncssh.generate_private_key("ssh-ed25519")
    sftp.trusts = ours.convert_to_public()
    plain = ours.export_private_key().decode()
    async with asked(sftp, password="", private_key=plain) as place:
        assert await place.entries("in", 9) == []
    with pytest.raises(Denied, match="cannot be read"):
        async with asked(sftp, password="", private_key=plain[:-60]):
            pass


async def test_nobody_there_and_an_address_inside(sftp: SftpServer) -> None:
    with pytest.raises(Denied, match="inside a network"):
        async with asked(sftp, allowed=lambda _address: False):
            pass
    sftp.port = free_port()
    with pytest.raises(Away):
        async with asked(sftp):
            pass
