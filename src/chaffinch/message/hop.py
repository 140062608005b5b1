"""The header block cut into hops: what each server added, the sender's side first."""

from chaffinch.message.authentication import (
    QUOTED_RESULTS,
    RESULT_FIELDS,
    SIGNATURE_FIELDS,
    authentication_results,
    merged,
    received_spf,
    signature,
)
from chaffinch.message.fields import Field
from chaffinch.message.model import (
    AuthenticationResults,
    Hop,
    HopField,
    Signature,
    SpfDetails,
)
from chaffinch.message.received import received

RECEIVED_FIELDS = frozenset(("received", "x-received"))


def hops(fields: tuple[Field, ...]) -> tuple[Hop, ...]:
    """The hops of a message; hop 0 holds the author's own fields and the lowest Received.

    >>> from chaffinch.core.limits import Limits
    >>> from chaffinch.message.fields import header_block
    >>> block = header_block(b"Received: by b\\nReceived: by a\\nSubject: x\\n\\n", Limits())
    >>> [(hop.index, hop.received.server.raw, len(hop.fields)) for hop in hops(block.fields)]
    [(0, 'a', 2), (1, 'b', 1)]
    """
    blocks = _blocks(fields)
    last = len(blocks) - 1
    return tuple(_hop(last - number, block) for number, block in enumerate(blocks))[::-1]


def received_positions(fields: tuple[Field, ...]) -> tuple[int, ...]:
    """Where the Received and X-Received fields stand, topmost first."""
    return tuple(
        position for position, field in enumerate(fields) if field.name.lower() in RECEIVED_FIELDS
    )


def hop_index(position: int, positions: tuple[int, ...]) -> int:
    """The index of the hop that holds the field at ``position``.

    >>> [hop_index(position, (1, 3)) for position in range(5)]
    [1, 1, 1, 0, 0]
    """
    below = sum(1 for start in positions if start > position)
    return min(below, max(0, len(positions) - 1))


def _blocks(fields: tuple[Field, ...]) -> list[tuple[Field, ...]]:
    """Cut at each Received line; what stands above the topmost one belongs to its block."""
    starts = list(received_positions(fields))
    if not starts:
        return [fields] if fields else []
    starts[0] = 0
    ends = [*starts[1:], len(fields)]
    return [fields[start:end] for start, end in zip(starts, ends, strict=True)]


def _hop(index: int, block: tuple[Field, ...]) -> Hop:
    last = len(block) - 1
    named: dict[str, Field] = {}
    for field in block:
        named.setdefault(field.name.lower(), field)
    line = named.get("received") or named.get("x-received")
    return Hop(
        index=index,
        fields=tuple(
            HopField(name=field.name, value=field.value, position=last - number)
            for number, field in enumerate(block)
        ),
        received=received(line.value) if line else None,
        authentication_results=_results(block),
        received_spf=_spf(named),
        signature=_signature(named),
    )


def _results(block: tuple[Field, ...]) -> AuthenticationResults | None:
    """The hop's results; plain ones first, quoted ones last."""
    found = [
        authentication_results(field.name, field.value)
        for field in block
        if field.name.lower() in RESULT_FIELDS
    ]
    return merged(sorted(found, key=_rank))


def _rank(result: AuthenticationResults) -> int:
    if result.type in QUOTED_RESULTS:
        return 2
    return 0 if result.type == "authentication-results" else 1


def _spf(named: dict[str, Field]) -> SpfDetails | None:
    field = named.get("received-spf")
    return received_spf(field.value) if field else None


def _signature(named: dict[str, Field]) -> Signature | None:
    for name in SIGNATURE_FIELDS:
        if name in named:
            return signature(named[name].value)
    return None
