"""A small message of our own, and capabilities that answer from a dict."""

from collections.abc import Callable, Mapping

import msgspec
import pytest
from tests.mql.evaluators import EVALUATORS, Evaluator

from chaffinch.message.model import Link, Mailbox, Url, Value
from chaffinch.message.url import url
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.grammar import parse
from chaffinch.mql.values import Unknown, unknown


class Sample(Value, frozen=True):
    """A message reduced to what the tests read."""

    sender: Mailbox = Mailbox(display_name="Eve Example")
    subject: str | None = "Urgent: Invoice 4711"
    body: str = "Please pay\ntoday"
    missing: str | None = None
    lost: Mailbox | None = None
    nothing: tuple[str, ...] | None = None
    links: tuple[Link, ...] = ()
    count: int = 3
    from_: str = msgspec.field(default="eve", name="from")


class Answers(NoCapabilities):
    """Answers by name; everything else is unknown."""

    def __init__(
        self,
        signals: Mapping[str, object] | None = None,
        lists: Mapping[str, frozenset[str] | tuple[object, ...]] | None = None,
        calls: Mapping[str, object] | None = None,
        listed: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.signals, self.lists, self.calls = signals or {}, lists or {}, calls or {}
        self.listed = listed or {}

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        return text in self.listed[name] if name in self.listed else unknown(f"${name}")

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        return self.lists.get(name)

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        return self.calls.get(function, unknown(function))

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        value = self.signals.get(name, unknown(f"signals.{name}"))
        assert value is None or isinstance(value, bool | int | float | str | Unknown)
        return value

    def element_signal(self, element: object, name: str) -> bool | float | str | Unknown | None:
        assert isinstance(element, Link)
        return self.signal(f"{name} of {element.href_url.url}")


def link(text: str) -> Link:
    """A link that opens a URL."""
    found = url(text)
    assert isinstance(found, Url)
    return Link(href_url=found)


SAMPLE = Sample(
    links=(link("https://login.evil.example/a?k=v&k=w"), link("https://acme.example/b"))
)


@pytest.fixture(scope="session", params=list(EVALUATORS.values()), ids=list(EVALUATORS))
def evaluator(request: pytest.FixtureRequest) -> Evaluator:
    """Each way to find out what an expression means."""
    found: Evaluator = request.param
    return found


@pytest.fixture(scope="session")
def value_of(evaluator: Evaluator) -> Callable[..., object]:
    """What a source means for the sample; an unknown as the set of its causes."""

    def meant(
        source: str,
        *,
        signals: Mapping[str, object] | None = None,
        lists: Mapping[str, frozenset[str] | tuple[object, ...]] | None = None,
        calls: Mapping[str, object] | None = None,
        listed: Mapping[str, frozenset[str]] | None = None,
    ) -> object:
        value = evaluator(parse(source), SAMPLE, Answers(signals, lists, calls, listed))
        return set(value.causes) if isinstance(value, Unknown) else value

    return meant


@pytest.fixture(scope="session")
def sample() -> Sample:
    return SAMPLE
