"""The compression of VBA source (MS-OVBA 2.4.1): chunks of 4,096 bytes, literals and copies."""

from typing import Final

CHUNK: Final = 4096
_SIGNATURE: Final = 0x3000
_COMPRESSED: Final = 0x8000
_SHORTEST: Final = 3
_TOKENS: Final = 8


def compress(data: bytes) -> bytes:
    """*data* as a compressed container; what does not shrink is stored as it stands."""
    chunks = (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))
    return b"\x01" + b"".join(map(_chunk, chunks))


def _chunk(data: bytes) -> bytes:
    packed = _tokens(data)
    if len(packed) > CHUNK:
        if len(data) < CHUNK:
            message = "the last chunk does not shrink; make the module longer or shorter"
            raise ValueError(message)
        return (_SIGNATURE | (CHUNK - 1)).to_bytes(2, "little") + data
    return (_COMPRESSED | _SIGNATURE | (len(packed) - 1)).to_bytes(2, "little") + packed


def _tokens(data: bytes) -> bytes:
    """Groups of eight tokens, each group behind a byte whose bits say which are copies."""
    packed, at = bytearray(), 0
    while at < len(data):
        flags, group = 0, bytearray()
        for number in range(_TOKENS):
            if at >= len(data):
                break
            offset, length = _longest(data, at)
            if length < _SHORTEST:
                group.append(data[at])
                at += 1
            else:
                flags |= 1 << number
                group += _copy(offset, length, at)
                at += length
        packed.append(flags)
        packed += group
    return bytes(packed)


def _bits(at: int) -> int:
    """How many bits of a copy token tell the offset when *at* bytes stand before it."""
    return max(4, (at - 1).bit_length())


def _copy(offset: int, length: int, at: int) -> bytes:
    token = (offset - 1) << (16 - _bits(at)) | (length - _SHORTEST)
    return token.to_bytes(2, "little")


def _longest(data: bytes, at: int) -> tuple[int, int]:
    """The longest run before *at* that goes on there: how far back, how long; (0, 0) for none."""
    most = min((0xFFFF >> _bits(at)) + _SHORTEST, len(data) - at) if at else 0
    best = (0, 0)
    length = _SHORTEST
    while length <= most:
        start = data.rfind(data[at : at + length], 0, at + length - 1)
        if start < 0:
            break
        while length < most and data[start + length] == data[at + length]:
            length += 1
        best = (at - start, length)
        length += 1
    return best
