"""The words of one family: a subject and a body, in the same languages."""

import msgspec

from chaffinch.simulate.text.texts import Texts


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """What a family writes; both texts take the slots of ``lookalikes.cast.facts``."""

    subject: Texts
    body: Texts

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages besides English it can be told in."""
        return tuple(sorted(self.subject.abroad.keys() & self.body.abroad.keys()))
