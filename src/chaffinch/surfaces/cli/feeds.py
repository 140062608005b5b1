"""``chaffinch feeds``: rules and lists of others, copied into the state and kept up to date."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.engine.bundle import given_lists
from chaffinch.engine.feed_rules import (
    Copy,
    Difference,
    Source,
    difference,
    load_copy,
    source_of,
    sources_in_force,
)
from chaffinch.engine.feeds import Feed, Feeds, checked_name
from chaffinch.lists.reference import Lists, shipped
from chaffinch.surfaces.cli.actions import add_action
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.states import named_state, present_state, state_settings

REFUSED = 1
_SHORT = 12


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a new copy of a feed changes, as machines read it."""

    feed: str
    commit: str
    difference: Difference


class _New(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed holds now as a copy, what is in force of it, and lists that its clone lacks."""

    source: Source
    before: Source | None
    absent: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        return self.before is not None and self.before.folder == self.source.folder


def run(arguments: Sequence[str]) -> int:
    """Do what the action says; 1 where a feed was refused or cannot be read."""
    options = options_parser().parse_args(arguments)
    feeds = Feeds(_state(options))
    return ACTIONS[options.action](options, feeds)


def _add(options: argparse.Namespace, feeds: Feeds) -> int:
    name = checked_name(options.name)
    if any(one.name == name for one in feeds.all()):
        raise UsageError(f"there is a feed {name}; update it, or remove it first")
    feed = Feed(name=name, path=str(Path(options.path).resolve()), pin=options.pin or "")
    return _take([feed], feeds, options)


def _pin(options: argparse.Namespace, feeds: Feeds) -> int:
    feed = feeds.get(options.name)
    pin = "" if options.commit == "none" else options.commit
    return _take([msgspec.structs.replace(feed, pin=pin)], feeds, options)


def _update(options: argparse.Namespace, feeds: Feeds) -> int:
    return _take(_named(options, feeds), feeds, options)


def _take(wanted: Sequence[Feed], feeds: Feeds, options: argparse.Namespace) -> int:
    """Take what feeds hold now into use, except those that are refused."""
    news = _news(wanted, feeds)
    lists = _lists(news, feeds, options)
    codes = [_put(one, lists, feeds) for one in news]
    return max(codes, default=0) if len(news) == len(wanted) else REFUSED


def _news(wanted: Iterable[Feed], feeds: Feeds) -> list[_New]:
    """What each feed holds now; one that cannot be read is named and left out."""
    found: list[_New] = []
    for feed in wanted:
        try:
            found.append(_new(feed, feeds))
        except UsageError as error:
            _say_refused(feed.name, error, is_known=bool(feed.digest))
    return found


def _new(feed: Feed, feeds: Feeds) -> _New:
    folder = feeds.copy_of(feed)
    before = source_of(folder, feed) if feed.digest and folder.is_dir() else None
    content = feeds.read(feed)
    read = msgspec.structs.replace(feed, commit=content.commit, digest=content.digest)
    source = source_of(feeds.prepared(feed, content), read)
    return _New(source=source, before=before, absent=content.absent)


def _lists(news: Iterable[_New], feeds: Feeds, options: argparse.Namespace) -> Lists:
    """The lists that rules may use: ours, all feeds' as they will be, those of the settings."""
    settings = state_settings(options)
    others, _ = sources_in_force(feeds, settings.feeds)
    sources = {one.feed.name: one for one in (*others, *(new.source for new in news))}
    lists = shipped().with_lists(one for source in sources.values() for one in source.lists)
    return lists.with_lists(given_lists(settings))


def _put(new: _New, lists: Lists, feeds: Feeds) -> int:
    """Take a new copy into use, unless it is refused."""
    feed = new.source.feed
    if new.is_unchanged:
        feeds.put(feed)
        print(f"{feed.name}: unchanged{_at(feed)}")
        return 0
    before, after = _loaded(new, lists)
    try:
        _refuse(before, after)
    except UsageError as error:
        _say_refused(feed.name, error, is_known=new.before is not None)
        return REFUSED
    feeds.put(feed)
    for name in new.absent:
        print(f"chaffinch: {feed.name}: {name} is not in this clone", file=sys.stderr)
    for problem in after.rules.errors:
        print(f"chaffinch: rule left out: {problem}", file=sys.stderr)
    print(f"{feed.name}: {_counts(after)}{_at(feed)}")
    if before is not None:
        print("\n".join(_lines(difference(before, after))))
    return 0


def _loaded(new: _New, lists: Lists) -> tuple[Copy | None, Copy]:
    """The copy in force, if there is one, and the new one."""
    before = load_copy(new.before, lists) if new.before is not None else None
    return before, load_copy(new.source, lists)


def _say_refused(name: str, error: UsageError, *, is_known: bool) -> None:
    outcome = "what is in force stays" if is_known else "it is not added"
    print(f"chaffinch: feed {name}: {error}; {outcome}", file=sys.stderr)


def _list(options: argparse.Namespace, feeds: Feeds) -> int:
    if options.format == "json":
        sys.stdout.write(msgspec.json.encode(feeds.all()).decode() + "\n")
        return 0
    for feed in _named(options, feeds):
        pinned = f", held at {feed.pin}" if feed.pin else ""
        print(f"{feed.name}: {feed.path}{_at(feed)}{pinned}")
    return 0


def _diff(options: argparse.Namespace, feeds: Feeds) -> int:
    wanted = _named(options, feeds)
    news = _news(wanted, feeds)
    lists = _lists(news, feeds, options)
    for new in news:
        feed = new.source.feed
        found = difference(*_loaded(new, lists))
        if options.format == "json":
            told = Told(feed=feed.name, commit=feed.commit, difference=found)
            sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
        else:
            print(f"{feed.name}{_at(feed)}")
            print("\n".join(_lines(found)))
    return 0 if len(news) == len(wanted) else REFUSED


def _remove(options: argparse.Namespace, feeds: Feeds) -> int:
    feeds.remove(options.name)
    print(f"{options.name}: removed")
    return 0


def _refuse(before: Copy | None, after: Copy) -> None:
    """Refuse a copy that is of no use, or has lost most of what was of use.

    Raises:
        UsageError: it is refused.
    """
    if not after.usable_count and not after.lists:
        raise UsageError("nothing in it can be used" + _first_problem(after))
    if before is not None and after.usable_count * 2 < before.usable_count:
        raise UsageError(
            f"only {after.usable_count} of {counted(before.usable_count, 'document')} could still "
            f"be used{_first_problem(after)}"
        )


def _first_problem(copy: Copy) -> str:
    problems = (str(problem) for one in copy.documents for problem in one.problems)
    first = next(problems, "")
    return f" ({first.splitlines()[0]})" if first else ""


def _named(options: argparse.Namespace, feeds: Feeds) -> list[Feed]:
    """The feeds that are asked for: all by default, and where there are none, it is said."""
    names: Sequence[str] = getattr(options, "names", ())
    found = [feeds.get(name) for name in names] or list(feeds.all())
    if not found:
        print(f"chaffinch: no feeds in {_state(options)}", file=sys.stderr)
    return found


def _counts(copy: Copy) -> str:
    others = copy.usable_count - len(copy.rules.rules)
    left_out = len(copy.documents) - copy.usable_count
    return (
        f"{counted(len(copy.rules.rules), 'rule')}, {counted(others, 'other document')}, "
        f"{left_out} left out, {counted(len(copy.lists), 'list')}"
    )


def _at(feed: Feed) -> str:
    return f", commit {feed.commit[:_SHORT]}" if feed.commit else ""


def _lines(found: Difference) -> Iterator[str]:
    if found.is_empty:
        yield "  no rule changes"
    yield from (f"  + {path}" for path in found.added)
    yield from (f"  - {path}" for path in found.removed)
    for one in found.changed:
        said = ["source"] if one.source else []
        said += [f"severity {' → '.join(one.severity)}"] if one.severity else []
        yield f"  ~ {one.path}: {', '.join([*said, *one.other])}"


def _state(options: argparse.Namespace) -> Path:
    settings = state_settings(options)
    return (named_state if options.action == "add" else present_state)(settings, "feeds")


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Feeds], int]] = {
    "add": _add,
    "list": _list,
    "pin": _pin,
    "update": _update,
    "diff": _diff,
    "remove": _remove,
}


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch feeds",
        description="Take rules and lists of others into use. A feed is a folder or a git checkout "
        "on this machine; its content is copied into the state, and the copy is what is used.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = _action(actions, "add", "take a feed into use")
    add.add_argument("name", metavar="NAME", help="what you call it")
    add.add_argument("path", metavar="PATH", help="a folder, a git checkout or a folder of one")
    add.add_argument("--pin", metavar="COMMIT", help="the commit to hold it at")
    listed = _action(actions, "list", "say which feeds there are")
    pin = _action(actions, "pin", "hold a feed at a commit")
    pin.add_argument("name", metavar="NAME", help="which feed")
    pin.add_argument("commit", metavar="COMMIT", help="a commit, or none: follow the checkout")
    update = _action(actions, "update", "take what feeds hold now into use")
    update.add_argument("names", metavar="NAME", nargs="*", help="which feeds; all by default")
    diff = _action(actions, "diff", "say which rules an update would add, remove or change")
    diff.add_argument("names", metavar="NAME", nargs="*", help="which feeds; all by default")
    for one in (listed, diff):
        add_format(one, "text", "json")
    remove = _action(actions, "remove", "forget a feed and its copies")
    remove.add_argument("name", metavar="NAME", help="which feed")
    return parser


def _action(
    actions: "argparse._SubParsersAction[Parser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    parser = add_action(actions, name, meaning)
    parser.add_argument("--state", metavar="DIR", help="the state that keeps the feeds")
    parser.add_argument("--settings", metavar="FILE", help="a settings file that names the state")
    return parser
