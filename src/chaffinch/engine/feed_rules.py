"""The rules and lists of a feed's copy, and what a new copy would change."""

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from chaffinch.core.errors import SettingsError, StoreError
from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.loading import Checked, RuleSet, read_folder, rule_set
from chaffinch.engine.feeds import Feed, Feeds
from chaffinch.lists.reference import Lists, ReferenceList, from_folder

# Rules in these folders of a feed describe mail and detect nothing.
NO_DETECTIONS = ("discovery-rules/", "dlp-discovery-rules/", "tutorial-files/")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of a feed of which only the lists are read; its rules may use those of other feeds."""

    feed: Feed
    folder: Path
    lists: tuple[ReferenceList, ...]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of a feed, loaded: every document, the detection rules among them, the lists."""

    documents: tuple[Checked, ...]
    rules: RuleSet
    lists: tuple[ReferenceList, ...]

    @property
    def usable_count(self) -> int:
        """How many documents can be used."""
        return sum(one.is_usable for one in self.documents)


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is not what it was; ``severity`` is the old and the new one where it differs."""

    id: str
    name: str
    path: str
    source: bool = False
    severity: tuple[str, str] | None = None
    other: tuple[str, ...] = ()


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What a new copy of a feed changes, rule by rule."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether all rules are what they were."""
        return not (self.added or self.removed or self.changed)


def source_of(folder: Path, feed: Feed) -> Source:
    """The copy of a feed in a folder, its lists read.

    Raises:
        SettingsError: its lists cannot be read.
    """
    return Source(feed=feed, folder=folder, lists=from_folder(folder))


def load_copy(source: Source, lists: Lists, kinds: Collection[str] | None = None) -> Copy:
    """A copy with its rules, named after the feed; ``kinds``: only of these.

    ``lists`` are those of others that its rules may use.
    """
    feed = source.feed
    documents = tuple(read_folder(source.folder, lists.with_lists(source.lists), kinds=kinds))
    detections = (one for one in documents if not one.path.startswith(NO_DETECTIONS))
    loaded = rule_set(detections, feed.name)
    rules = tuple(
        msgspec.structs.replace(rule, name=f"{feed.name}:{rule.name}", commit=feed.commit)
        for rule in loaded.rules
    )
    return Copy(
        documents=documents,
        rules=RuleSet(rules=rules, problems=loaded.problems),
        lists=source.lists,
    )


def sources_in_force(
    feeds: Feeds, wanted: Collection[str] | None = None
) -> tuple[list[Source], list[str]]:
    """Every wanted feed's copy, and why some have none; a broken feed never stops the others."""
    found: list[Source] = []
    errors: list[str] = []
    for feed in feeds.all():
        if wanted is not None and feed.name not in wanted:
            continue
        folder = feeds.copy_of(feed)
        try:
            if not folder.is_dir():
                raise StoreError("its copy is gone: run `chaffinch feeds update`")
            found.append(source_of(folder, feed))
        except (SettingsError, StoreError) as error:
            errors.append(f"feed {feed.name} is left out: {error}")
    return found, errors


def in_force(
    feeds: Feeds, lists: Lists, wanted: Collection[str] | None = None
) -> tuple[list[tuple[Feed, Copy]], list[str]]:
    """Every wanted feed with its rules, which may use the lists of all of them."""
    found, errors = sources_in_force(feeds, wanted)
    lists = lists.with_lists(one for source in found for one in source.lists)
    return [(one.feed, load_copy(one, lists, ("rule",))) for one in found], errors


def difference(before: Copy | None, after: Copy) -> Difference:
    """What changes from one copy to another; rules are the same by id, else by path."""
    old = _by_key(before) if before is not None else {}
    new = _by_key(after)
    changed = [
        one
        for key in sorted(old.keys() & new.keys())
        if (one := _change(old[key], new[key])) is not None
    ]
    return Difference(
        added=tuple(new[key].path for key in sorted(new.keys() - old.keys())),
        removed=tuple(old[key].path for key in sorted(old.keys() - new.keys())),
        changed=tuple(changed),
    )


def _by_key(copy: Copy) -> Mapping[str, RuleDocument]:
    documents = (one.document for one in copy.documents if one.is_usable)
    return {one.id or one.path: one for one in documents if one is not None}


def _change(old: RuleDocument, new: RuleDocument) -> Changed | None:
    """How a rule differs from what it was; None where it does not."""
    fields = [
        name for name in RuleDocument.__struct_fields__ if getattr(old, name) != getattr(new, name)
    ]
    if not fields:
        return None
    return Changed(
        id=new.id,
        name=new.name,
        path=new.path,
        source="source" in fields,
        severity=(str(old.severity), str(new.severity)) if "severity" in fields else None,
        other=tuple(name for name in fields if name not in ("source", "severity")),
    )
