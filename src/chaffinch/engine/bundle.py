"""What a decision is made with: rules, lists and policy as one immutable, versioned set."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from chaffinch import __version__
from chaffinch.core.errors import SettingsError
from chaffinch.core.limits import Limits
from chaffinch.decision.allow.entry import AllowList
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.judge import Detectors
from chaffinch.detectors.loading import RuleSet, load_rules
from chaffinch.detectors.rules import Rule
from chaffinch.engine.feed_rules import Copy, in_force
from chaffinch.engine.feeds import OURS, Feed, Feeds
from chaffinch.engine.settings import Settings
from chaffinch.lists.reference import Lists, ReferenceList, from_folder, shipped
from chaffinch.stores.allow_files import read_allow_lists


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """Rules, lists, policy and limits in force; ``errors`` are the rules that were refused."""

    detectors: Detectors
    lists: Lists
    policy: Policy
    limits: Limits
    versions: Mapping[str, str]
    allow: Mapping[str, AllowList] = {}  # by tenant
    errors: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self.detectors.rules


def load_bundle(settings: Settings) -> Bundle:
    """The bundle these settings ask for: our rules, those of the state's feeds, those of folders.

    Raises:
        SettingsError: a folder of rules or lists is not there.
        StoreError: the record of feeds, or a file of allow entries, is damaged.
    """
    given = given_lists(settings)
    feeds, errors = _feeds(settings, shipped().with_lists(given))
    lists = shipped().with_lists(one for _, copy in feeds for one in copy.lists).with_lists(given)
    own = [load_rules(own_rules_folder(), OURS, lists)] if settings.own_rules else []
    loaded = [*own, *(copy.rules for _, copy in feeds), *_folders(settings, lists)]
    rules, twins = _distinct(rule for one in loaded for rule in one.rules)
    allow = {} if settings.state is None else read_allow_lists(Path(settings.state))
    return Bundle(
        detectors=Detectors(sorted(rules, key=_by_name), cache=_cache(settings)),
        lists=lists,
        policy=settings.policy,
        limits=settings.limits,
        versions={
            "chaffinch": __version__,
            "rules": _digest(f"{one.name}\0{one.document.source}" for one in rules),
            "lists": _lists_digest(lists),
            "policy": _digest([msgspec.json.encode(settings.policy, order="sorted").decode()]),
            **({} if settings.limits == Limits() else {"limits": _limits(settings.limits)}),
            **({"allow": _digest(map(_allow_text, allow.values()))} if allow else {}),
            **{f"feed {feed.name}": feed.commit or feed.digest for feed, _ in feeds},
        },
        allow=allow,
        errors=(*errors, *(error for one in loaded for error in one.errors), *twins),
    )


def given_lists(settings: Settings) -> tuple[ReferenceList, ...]:
    """The lists of the settings' own folders.

    Raises:
        SettingsError: a folder is not there, or cannot be read.
    """
    return tuple(one for folder in settings.lists for one in from_folder(Path(folder)))


def _feeds(settings: Settings, lists: Lists) -> tuple[list[tuple[Feed, Copy]], list[str]]:
    """The feeds of the state, as far as the settings want them; their rules may use these lists."""
    if settings.state is None:
        return [], []
    feeds = Feeds(settings.state)
    found, errors = in_force(feeds, lists, settings.feeds)
    known = {feed.name for feed in feeds.all()}
    missing = [name for name in settings.feeds or () if name not in known]
    return found, [*errors, *(f"feed {name}: the state has none of this name" for name in missing)]


def _cache(settings: Settings) -> Path | None:
    """Where compiled sets are kept: as told, else in the state, else nowhere."""
    if settings.cache is not None:
        return Path(settings.cache)
    return None if settings.state is None else Path(settings.state) / "compiled"


def _folders(settings: Settings, lists: Lists) -> list[RuleSet]:
    for folder in settings.rules:
        if not Path(folder).is_dir():
            raise SettingsError(f"{folder}: no such folder of rules")
    return [load_rules(Path(folder), folder, lists) for folder in settings.rules]


def _distinct(rules: Iterable[Rule]) -> tuple[list[Rule], list[str]]:
    """The rules of which no other has the id, and a text for each that comes a second time."""
    first: dict[str, Rule] = {}
    found: list[Rule] = []
    twins: list[str] = []
    for rule in rules:
        known = first.setdefault(rule.document.id or f"{rule.origin}\0{rule.name}", rule)
        if known is rule:
            found.append(rule)
        else:
            twins.append(
                f"{rule.origin}: {rule.document.path}: {known.origin} has a rule of this id, "
                f"{known.document.path}, which is used; give this one an id of its own"
            )
    return found, twins


def own_rules_folder() -> Path:
    """Where the rules of this project lie: inside the installed package, or beside its source."""
    package = Path(str(resources.files("chaffinch")))
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent.parent / "rules"


def _allow_text(entries: AllowList) -> str:
    return msgspec.json.encode(entries, order="sorted").decode()


def _limits(limits: Limits) -> str:
    return _digest([msgspec.json.encode(limits, order="sorted").decode()])


def _by_name(rule: Rule) -> tuple[str, str]:
    return rule.name, rule.origin


def _digest(texts: Iterable[str]) -> str:
    total = hashlib.blake2b(digest_size=6)
    for text in texts:
        total.update(text.encode("utf-8", "replace") + b"\0")
    return total.hexdigest()


def _lists_digest(lists: Lists) -> str:
    named: Sequence[str] = sorted(lists.by_name)
    return _digest(text for name in named for text in (name, *sorted(lists.by_name[name].entries)))
