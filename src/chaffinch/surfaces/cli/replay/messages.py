"""Messages that entries are about: kept in the state, else found by content in sources."""

import sys
from collections.abc import Sequence

from chaffinch.core.limits import Limits
from chaffinch.decision.entry import Entry
from chaffinch.engine.keeping import Keeper
from chaffinch.message.identity import content_id
from chaffinch.message.sources import Locator, load, locate
from chaffinch.surfaces.cli.table import printable


class Messages:
    """Messages by the entries they are of; each is read anew when it is asked for."""

    def __init__(self, kept: Keeper, places: Sequence[str], limits: Limits) -> None:
        self._kept = kept
        self._limits = limits
        self._places: dict[str, Locator] = {}
        for locator in locate(places, limits):
            found = load(locator, limits)
            if found.raw is None:
                told = f"{found.path}: {found.error or 'cannot be read'}"
                print(f"chaffinch: {printable(told)}", file=sys.stderr)
            else:
                self._places.setdefault(content_id(found.raw), locator)

    def raw(self, entry: Entry) -> bytes | None:
        """The bytes an entry was decided from, where they are at hand."""
        kept = self._kept.find(entry)
        if kept is not None:
            return kept
        locator = self._places.get(entry.decision.content_id)
        if locator is None:
            return None
        raw = load(locator, self._limits).raw
        return raw if raw is not None and content_id(raw) == entry.decision.content_id else None
