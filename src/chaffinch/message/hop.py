"""The header block cut into hops: what each server added, the sender's side first."""

from bisect import bisect_left
from typing import ClassVar

from chaffinch.core.lazy import lazy
from chaffinch.message.authentication import (
    QUOTED_RESULTS,
    RESULT_FIELDS,
    SIGNATURE_FIELDS,
    authentication_results,
    merged,
    received_spf,
    signature,
)
from chaffinch.message.fields import HeaderBlock
from chaffinch.message.model import (
    AuthenticationResults,
    HopField,
    Signature,
    SpfDetails,
    Value,
)
from chaffinch.message.received import Received, received

RECEIVED_FIELDS = frozenset(("received", "x-received"))
_READ = (*RESULT_FIELDS, *SIGNATURE_FIELDS, "received-spf")


class Hop(Value, kw_only=False, dict=True):
    """The header lines one server added; index 0 is the sender's side.

    The hop is the fields ``start`` to ``end`` of the block. Its own Received line stands at
    ``line``; above that the topmost hop may hold more. ``marks`` are places and lower-case names
    of the fields that are read here.
    """

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(
        ("block", "start", "end", "line", "marks", "results", "spf_lines")
    )

    index: int
    block: HeaderBlock
    start: int
    end: int
    line: int | None = None
    marks: tuple[tuple[int, str], ...] = ()

    @lazy
    def fields(self) -> tuple[HopField, ...]:
        """The header fields, topmost first; position 0 is the last line."""
        names = self.block.names[self.start : self.end]
        values = self.block.values[self.start : self.end]
        return tuple(map(HopField, names, values, range(len(names) - 1, -1, -1)))

    @lazy
    def received(self) -> Received | None:
        """The Received line the hop begins with."""
        return None if self.line is None else received(self.block.values[self.line])

    @lazy
    def results(self) -> tuple[tuple[int, AuthenticationResults], ...]:
        """Each results header of the hop, with its place among the fields."""
        values = self.block.values
        found = [mark for mark in self.marks if mark[1] in RESULT_FIELDS]
        return tuple([(at, authentication_results(name, values[at])) for at, name in found])

    @property
    def authentication_results(self) -> AuthenticationResults | None:
        """The hop's results as one; plain ones before sealed ones, quoted ones last."""
        if not self.marks or not self.results:
            return None
        found = [result for _, result in self.results]
        return merged(found if len(found) < 2 else sorted(found, key=_rank))

    @lazy
    def spf_lines(self) -> tuple[tuple[int, SpfDetails], ...]:
        """Each Received-SPF of the hop, with its place among the fields."""
        values = self.block.values
        return tuple(
            [(at, received_spf(values[at])) for at, name in self.marks if name == "received-spf"]
        )

    @property
    def received_spf(self) -> SpfDetails | None:
        """The topmost Received-SPF."""
        return self.spf_lines[0][1] if self.marks and self.spf_lines else None

    @lazy
    def _signature(self) -> Signature | None:
        for wanted in SIGNATURE_FIELDS:
            for at, name in self.marks:
                if name == wanted:
                    return signature(self.block.values[at])
        return None

    @property
    def signature(self) -> Signature | None:
        """The topmost DKIM-Signature, else the topmost ARC-Message-Signature."""
        return self._signature if self.marks else None


def hops(block: HeaderBlock) -> tuple[Hop, ...]:
    """The hops of a message; hop 0 holds the author's own fields and the lowest Received.

    >>> from chaffinch.core.limits import Limits
    >>> from chaffinch.message.fields import header_block
    >>> block = header_block(b"Received: by b\\nReceived: by a\\nSubject: x\\n\\n", Limits())
    >>> [(hop.index, hop.received.server.raw, len(hop.fields)) for hop in hops(block)]
    [(0, 'a', 2), (1, 'b', 1)]
    """
    places, end = block.places, len(block.names)
    lines = sorted(at for name in RECEIVED_FIELDS if name in places for at in places[name])
    marks = sorted((at, name) for name in _READ if name in places for at in places[name])
    if not lines:
        return (Hop(0, block, 0, end, None, tuple(marks)),) if end else ()
    found = []
    for index, line in enumerate(reversed(lines)):
        cut = bisect_left(marks, (line,))
        if index == len(lines) - 1:  # what stands above the topmost line belongs to its hop
            found.append(Hop(index, block, 0, end, line, tuple(marks)))
        else:
            found.append(Hop(index, block, line, end, line, tuple(marks[cut:])))
        del marks[cut:]
        end = line
    return tuple(found)


def _rank(result: AuthenticationResults) -> int:
    if result.type in QUOTED_RESULTS:
        return 2
    return 0 if result.type == "authentication-results" else 1
