"""The little of DER that a signature is put together from: nothing is decoded and encoded anew."""

INTEGER, NULL, OID, SEQUENCE, SET, UTC_TIME = 0x02, b"\x05\x00", 0x06, 0x30, 0x31, 0x17
OCTETS, TAGGED = 0x04, 0xA0


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element with its length."""
    content = b"".join(parts)
    return bytes((tag,)) + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def elements(content: bytes) -> list[bytes]:
    """The elements that stand one after the other, each whole, as they are."""
    found = []
    while content:
        size = _header(content) + _size(content)
        found.append(content[:size])
        content = content[size:]
    return found


def inside(element: bytes) -> bytes:
    """What an element holds."""
    return element[_header(element) :]


def _header(element: bytes) -> int:
    return 2 + (element[1] & 0x7F if element[1] & 0x80 else 0)


def _size(element: bytes) -> int:
    if not element[1] & 0x80:
        return element[1]
    return int.from_bytes(element[2 : _header(element)], "big")
