"""Facts on firm ground: each letter once, with its direction and what its author is worth."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from chaffinch.replay.onboard.facts import Box, Facts
from chaffinch.replay.onboard.ground import Ground, Standing, organisation_of


class Letter(msgspec.Struct, frozen=True, gc=False):
    """One message however many copies of it were found, and what is known of its author."""

    facts: Facts
    author: Box
    organisation: str  # of the author
    is_ours: bool  # the author's domain is ours, and the author may teach
    standing: Standing

    @property
    def is_personal(self) -> bool:
        """A person wrote it to somebody: no list, no bulk, no machine."""
        facts = self.facts
        return not (facts.list_id or facts.is_bulk or facts.is_automatic)


class Letters:
    """The letters of a history, in its order; they may be gone through any number of times.

    A letter is told by Message-ID, author and subject; a copy that proves something else of its
    author is another letter, so that a forged copy says nothing of the true one.
    """

    def __init__(self, history: Iterable[Facts], ground: Ground) -> None:
        self._history = history
        self.ground = ground

    def may_teach(self, letter: Letter) -> bool:
        """Whether its author may teach anything: proven, or of an archive that proves nobody."""
        return _may_teach(letter.facts, letter.standing, self.ground)

    def __iter__(self) -> Iterator[Letter]:
        seen: set[bytes] = set()
        for facts in self._history:
            if facts.author is None:
                continue
            standing = self.ground.standing(facts)
            key = _key(facts, facts.author, standing)
            if key is None or key not in seen:
                if key is not None:
                    seen.add(key)
                yield _letter(facts, facts.author, standing, self.ground)


def _key(facts: Facts, author: Box, standing: Standing) -> bytes | None:
    if not facts.message_id:
        return None
    text = "\0".join((facts.message_id, author.address, facts.subject, standing))
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()


def _letter(facts: Facts, author: Box, standing: Standing, ground: Ground) -> Letter:
    organisation = organisation_of(author.address)
    is_ours = (
        organisation in ground.domains and not facts.list_id and _may_teach(facts, standing, ground)
    )
    return Letter(facts, author, organisation, is_ours, standing)


def _may_teach(facts: Facts, standing: Standing, ground: Ground) -> bool:
    is_archived = ground.is_archive and not facts.has_transport
    return standing is Standing.PROVEN or (is_archived and standing is Standing.UNPROVEN)
