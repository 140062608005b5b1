"""Messages that entries are about: kept in the state, else found by content in sources."""

import sys
from collections.abc import Sequence

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.limits import Limits
from chaffinch.decision.entry import Entry
from chaffinch.engine.keeping import Keeper
from chaffinch.message.identity import content_id
from chaffinch.message.sources import Locator, load, locate
from chaffinch.surfaces.cli.table import printable


class Messages:
    """Messages by the entries they are of; each is read anew when it is asked for.

    Raises:
        UsageError: there is no message at one of the places.
    """

    def __init__(self, kept: Keeper, places: Sequence[str], limits: Limits) -> None:
        self._kept = kept
        self._limits = limits
        self._places: dict[str, Locator] = {}
        self._damaged: set[str] = set()
        for place in places:
            self._look(place)

    def _look(self, place: str) -> None:
        """Remember the messages of a place, and name what cannot be read."""
        holds, unread = False, list[str]()
        for locator in locate([place], self._limits):
            found = load(locator, self._limits)
            if found.raw is None:
                unread.append(printable(f"{found.path}: {found.error or 'cannot be read'}"))
            else:
                holds = True
                self._places.setdefault(content_id(found.raw), locator)
        if not holds:
            raise UsageError(f"{unread[0]}; SOURCE is where messages lie, as scan takes them")
        for told in unread:
            print(f"chaffinch: {told}", file=sys.stderr)

    def raw(self, entry: Entry) -> bytes | None:
        """The bytes an entry was decided from, where they are at hand and sound."""
        kept = self._sound(entry)
        if kept is not None:
            return kept
        locator = self._places.get(entry.decision.content_id)
        if locator is None:
            return None
        raw = load(locator, self._limits).raw
        return raw if raw is not None and content_id(raw) == entry.decision.content_id else None

    def _sound(self, entry: Entry) -> bytes | None:
        """What is kept of it; where that is damaged it is named, once, and looked for elsewhere."""
        try:
            return self._kept.find(entry)
        except StoreError as error:
            if entry.decision.content_id not in self._damaged:
                self._damaged.add(entry.decision.content_id)
                print(f"chaffinch: {printable(str(error))}", file=sys.stderr)
            return None
