"""All signals of one message, each measured when first asked for and then remembered."""

from collections.abc import Mapping
from functools import cache

from chaffinch.lists.reference import Lists
from chaffinch.message.message import Message
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import Around
from chaffinch.signals.aggregates import Measured
from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.elements import element_signals, profile_of
from chaffinch.signals.plan import Plan, planned
from chaffinch.signals.supplies import NO_HISTORY, THIN_HISTORY, Supplies
from chaffinch.signals.trusted_service import ServiceMail

__all__ = ["NO_HISTORY", "THIN_HISTORY", "Evidence", "Measured"]


class Evidence:
    """The measured facts of one message: ``evidence["link.host.is_ip"]``.

    A value is None where the message does not hold the fact, and :class:`Unknown` where this
    installation cannot know it (yet).
    """

    __slots__ = ("_measured", "_of_elements", "_plan", "_supplies", "message")

    def __init__(self, message: Message, around: Around | None, lists: Lists) -> None:
        self.message = message
        self._measured: dict[str, Measured] = {}
        self._of_elements: dict[tuple[int, str], tuple[object, Measured]] = {}
        self._supplies = Supplies(message, around, lists)
        self._plan = _plan()

    @property
    def around(self) -> Around | None:
        """The profiles the message is judged with, or None where nothing is remembered."""
        return self._supplies.around

    @property
    def lists(self) -> Lists:
        """The reference lists in force."""
        return self._supplies.installed

    def __getitem__(self, name: str) -> Measured:
        """The value of a signal; KeyError for a name that is no signal."""
        measured = self._measured
        if name not in measured:
            measured[name] = self._plan.one[name](self._supplies)
        return measured[name]

    def of_element(self, element: object, name: str) -> Measured:
        """A signal of one link, attachment or recipient, by its name without the level.

        None where nothing of this name is measured of such a value.
        """
        key = id(element), name
        found = self._of_elements.get(key)
        if found is None:  # the element is kept, so that its id stays its own
            found = self._of_elements[key] = element, self._of_one(element, name)
        return found[1]

    def _of_one(self, element: object, name: str) -> Measured:
        declared = element_signals().get(type(element), {}).get(name)
        if declared is None:
            return None
        asked = element
        if declared.element in ("host", "pair"):
            asked = profile_of(element, declared.element, self._supplies)
            if asked is None or isinstance(asked, Unknown):
                return asked
        return self._plan.of_element[declared.name](self._supplies, asked)

    @property
    def service_mail(self) -> ServiceMail:
        """The trusted service it provably comes from, found once for signals and policy."""
        return self._supplies.service_mail

    def measured(self) -> Mapping[str, Measured]:
        """What has been asked for so far."""
        measured = self._measured
        return {name: measured[name] for name in sorted(measured)}

    def measure_all(self) -> Mapping[str, Measured]:
        """Every signal of the catalogue."""
        found: dict[str, Measured] = dict.fromkeys(self._plan.one)
        self._plan.fill(self._supplies, found)
        self._measured = found
        return found

    def measure_again(self, declared: Signal) -> Measured:
        """A signal's value from its function once more, though it is remembered.

        What many signals share (the message's parts, its wordings) is not made again, so that the
        time this takes is the signal's own.
        """
        return self._plan.one[declared.name](self._supplies)


@cache
def _plan() -> Plan:
    return planned(catalogue())
