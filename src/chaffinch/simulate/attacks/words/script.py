"""The words of one purpose."""

import msgspec

from chaffinch.simulate.text.texts import Texts


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """What is written for one purpose; ``label`` is what a link in it is called."""

    subject: Texts
    body: Texts
    label: Texts | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages besides English it can be told in."""
        return tuple(sorted(self.subject.abroad.keys() & self.body.abroad.keys()))
