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


def load_copy(folder: Path, feed: Feed, lists: Lists, kinds: Collection[str] | None = None) -> Copy:
    """The copy of a feed in a folder, its rules named after the feed; ``kinds``: only of these.

    Raises:
        SettingsError: its lists cannot be read.
    """
    own = from_folder(folder)
    documents = tuple(read_folder(folder, lists.with_lists(own), kinds=kinds))
    detections = (one for one in documents if not one.path.startswith(NO_DETECTIONS))
    loaded = rule_set(detections, feed.name)
    rules = tuple(
        msgspec.structs.replace(rule, name=f"{feed.name}:{rule.name}", commit=feed.commit)
        for rule in loaded.rules
    )
    return Copy(
        documents=documents, rules=RuleSet(rules=rules, problems=loaded.problems), lists=own
    )


def in_force(feeds: Feeds, lists: Lists) -> tuple[list[tuple[Feed, Copy]], list[str]]:
    """Every feed with its copy, and why some have none; a broken feed never stops the others."""
    found: list[tuple[Feed, Copy]] = []
    errors: list[str] = []
    for feed in feeds.all():
        folder = feeds.copy_of(feed)
        try:
            if not folder.is_dir():
                raise StoreError("its copy is gone: run `chaffinch feeds update`")
            found.append((feed, load_copy(folder, feed, lists, ("rule",))))
        except (SettingsError, StoreError) as error:
            errors.append(f"feed {feed.name} is left out: {error}")
    return found, errors


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
