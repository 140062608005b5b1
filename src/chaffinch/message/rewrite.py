"""Undoes click rewriters that carry their target in the link itself; nothing is fetched."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from importlib import resources

import msgspec
import re2

from chaffinch.message.domain import domain
from chaffinch.message.link_coding import Step, step
from chaffinch.message.model import Url, Value
from chaffinch.message.query import parameter

WRAPPED_CHARACTERS = 64_000  # of a rewritten link are looked at
_KEY_CHARACTERS = 3  # by which entries for every host are found
_ANY_PARAMETER = "*"


class Rewriter(Value, dict=True):
    """One entry of ``rewriters.toml``: where a service keeps the link it leads to."""

    encoder: str
    hosts: tuple[str, ...] = ()
    begins: str = ""
    holds: str = ""
    path: str = ""
    parameter: tuple[str, ...] = ()
    match: str = ""
    then: tuple[str, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What is done to the text the link holds."""
        return tuple(map(step, self.then))

    @cached_property
    def path_matches(self) -> Callable[[str], object]:
        """Whether the path is this service's."""
        return re2.compile(self.path).search  # type: ignore[no-any-return]  # untyped library

    @cached_property
    def matcher(self) -> Callable[[str], "re2._Match[str] | None"]:
        """Finds the target in what follows the host."""
        return re2.compile(self.match).search  # type: ignore[no-any-return]  # untyped library


class Rewriters(msgspec.Struct, frozen=True):
    """All entries, and the names of the services whose links hold no target."""

    rewriter: tuple[Rewriter, ...]
    not_decodable: tuple[str, ...]


class Wrapped(Value, kw_only=False):
    """What a rewriter was given, and the name of the service."""

    target: str
    encoder: str


class _Index(Value, kw_only=False):
    """The entries by what is cheap to know of a URL."""

    by_name: dict[str, tuple[Rewriter, ...]]  # the label left of the host's public suffix
    by_path: dict[str, tuple[Rewriter, ...]]  # the first characters of the path
    by_query: dict[str, tuple[Rewriter, ...]]  # what stands in the query


def is_suspect(found: Url) -> bool:
    """Whether a look at the host, the path's beginning and the query lets a rewriter be possible.

    >>> is_suspect(Url("https://acme.example/a", "https", domain=domain("acme.example"), path="/a"))
    False
    """
    host = found.domain
    if host is None:
        return False
    index = _index()
    if host.sld in index.by_name or (found.path or "")[:_KEY_CHARACTERS] in index.by_path:
        return True
    if query := found.query_params:
        for mark in index.by_query:
            if mark in query:
                return True
    return False


def unwrapped(found: Url) -> Wrapped | None:
    """The target a rewriting service was given and its name, or None for other links."""
    if found.domain is None or found.scheme not in {"http", "https"}:
        return None
    if len(found.url) > WRAPPED_CHARACTERS:
        return None
    for entry in candidates(found):
        opened = target(entry, found)
        if opened is not None and opened.lower().startswith(("http:", "https:")):
            return Wrapped(opened, entry.encoder)
    return None


@lru_cache(maxsize=1)
def rewriters() -> Rewriters:
    """The entries of ``rewriters.toml``, in its order."""
    path = resources.files("chaffinch.message").joinpath("data", "rewriters.toml")
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Rewriters)


def candidates(found: Url) -> Iterator[Rewriter]:
    """The entries whose host and path are the URL's; those of its very host first."""
    assert found.domain is not None
    index, host, path, query = _index(), found.domain, found.path or "", found.query_params or ""
    for entry in index.by_name.get(host.sld or "", ()):
        if _is_of(entry, host.domain) and entry.path_matches(path):
            yield entry
    for entry in index.by_path.get(path[:_KEY_CHARACTERS], ()):
        if path.startswith(entry.begins) and entry.path_matches(path):
            yield entry
    for mark, entries in index.by_query.items():
        if mark in query:
            yield from (entry for entry in entries if entry.path_matches(path))


def _is_of(entry: Rewriter, host: str) -> bool:
    """Whether the host is one of the entry's, or below one."""
    for name in entry.hosts:
        if host == name or host.endswith("." + name):
            return True
        if name.endswith(".*") and f".{host}".find("." + name[:-1]) >= 0:
            return True
    return False


def target(entry: Rewriter, found: Url) -> str | None:
    """The target by this entry, or None where the link does not hold it as expected."""
    text = _written(entry, found)
    for each in entry.steps:
        if text is None:
            break
        text = each(text)
    return text.strip() if text else None


def _written(entry: Rewriter, found: Url) -> str | None:
    """What stands where the entry says."""
    query = found.query_params or ""
    if _ANY_PARAMETER in entry.parameter:
        values = (value for values in found.query_params_decoded.values() for value in values)
        return next((one for one in values if one.lower().startswith(("http:", "https:"))), None)
    if entry.parameter:
        return next((text for name in entry.parameter if (text := parameter(query, name))), None)
    if "translated" in entry.then:
        return found.url
    assert found.scheme is not None
    match = entry.matcher(found.url[found.url.find("/", len(found.scheme) + 3) :])
    return match[1] if match else None


@lru_cache(maxsize=1)
def _index() -> _Index:
    """The entries of ``rewriters.toml`` by host name, beginning and mark."""
    index = _Index({}, {}, {})
    for entry in rewriters().rewriter:
        for host in entry.hosts:
            name = host.removesuffix(".*").rpartition(".")[2] if host.endswith(".*") else ""
            _add(index.by_name, name or domain(host).sld or "", entry)
        if entry.begins:
            _add(index.by_path, entry.begins[:_KEY_CHARACTERS], entry)
        if entry.holds:
            _add(index.by_query, entry.holds, entry)
    return index


def _add(table: dict[str, tuple[Rewriter, ...]], key: str, entry: Rewriter) -> None:
    known = table.get(key, ())
    table[key] = known if entry in known else (*known, entry)
