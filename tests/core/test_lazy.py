"""What is computed once for each message takes no lock that all threads share."""

from functools import cached_property
from threading import Event, Thread

from chaffinch.core.lazy import lazy
from chaffinch.core.tenant import Tenant


class Slow:
    """Computes for as long as it is told."""

    def __init__(self, begun: Event, may_end: Event) -> None:
        self._begun, self._may_end = begun, may_end

    @lazy
    def value(self) -> int:
        self._begun.set()
        assert self._may_end.wait(10)
        return 1


def test_one_that_computes_keeps_no_other_waiting() -> None:
    begun, may_end, free = Event(), Event(), Event()
    free.set()
    thread = Thread(target=lambda: Slow(begun, may_end).value)
    thread.start()
    assert begun.wait(10)
    assert Slow(free, free).value == 1
    may_end.set()
    thread.join()


def test_a_tenant_is_assumed_for_each_message_and_takes_none() -> None:
    kept = [one for one in vars(Tenant).values() if isinstance(one, cached_property)]
    assert len(kept) > 5
    assert all(isinstance(one, lazy) for one in kept)
