"""Answers from a recording in place of whoever gave them."""

from collections.abc import Mapping

from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.digest import question_digest
from chaffinch.mql.functions.patterns import encodable
from chaffinch.mql.recording import Entries, Recording
from chaffinch.mql.values import Unknown


class Recorded:
    """Answers for one message: as recorded, else as somebody beneath says.

    With ``NoCapabilities`` beneath, what was not recorded is Unknown: the replay is exact.
    """

    def __init__(self, recording: Recording, message_id: str, beneath: Capabilities) -> None:
        self._recording = recording
        self._message_id = message_id
        self._beneath = beneath

    def reference_list(self, name: str) -> Entries | None:
        """The recorded entries, else those of whoever is beneath."""
        found = self._recording.entries(self._message_id, name)
        if found is None:
            return self._beneath.reference_list(name)
        assert isinstance(found.value, frozenset | tuple | None)
        return found.value

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        """What was recorded of one entry, else what whoever is beneath says."""
        found = self._recording.is_listed(self._message_id, name, encodable(text))
        return self._beneath.is_listed(name, text) if found is None else found

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """The recorded answer, else that of whoever is beneath."""
        digest = question_digest(arguments, keywords)
        found = self._recording.answer(self._message_id, function, digest)
        if found is None:
            return self._beneath.call(function, arguments, keywords)
        return found.value

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        """Signals are measured, never recorded."""
        return self._beneath.signal(name)

    def element_signal(self, element: object, name: str) -> bool | float | str | Unknown | None:
        """Signals are measured, never recorded."""
        return self._beneath.element_signal(element, name)
