"""An entry in the place of its message's evidence, for weighing its findings once more."""

from chaffinch.core.tenant import Tenant
from chaffinch.decision.circumstances import Circumstances
from chaffinch.decision.entry import Entry
from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured

NOT_ON_RECORD = Unknown(frozenset({"record: nobody asked for it then"}))


class OnRecord:
    """The signals and circumstances of an entry, and the tenant whose settings count."""

    __slots__ = ("_entry", "tenant")

    def __init__(self, entry: Entry, tenant: Tenant) -> None:
        self._entry = entry
        self.tenant = tenant

    @property
    def sender(self) -> str:
        """The author's address; empty where there was none."""
        return self._entry.about.sender

    def __getitem__(self, name: str) -> Measured:
        """The value of a signal as it was measured."""
        entry = self._entry
        if name in entry.signals:
            return entry.signals[name]
        causes = entry.unmeasured.get(name)
        return NOT_ON_RECORD if causes is None else Unknown(frozenset(causes))

    @property
    def circumstances(self) -> Circumstances:
        """What the policy asked of the message beside its signals."""
        return self._entry.circumstances
