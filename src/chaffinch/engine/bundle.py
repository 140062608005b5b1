"""What a decision is made with: rules, lists and policy as one immutable, versioned set."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from chaffinch import __version__
from chaffinch.core.errors import SettingsError
from chaffinch.core.limits import Limits
from chaffinch.decision.policy import Policy
from chaffinch.detectors.judge import Detectors
from chaffinch.detectors.loading import load_rules
from chaffinch.detectors.rules import Rule
from chaffinch.engine.settings import Settings
from chaffinch.lists.reference import Lists, from_folder, shipped


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """Rules, lists, policy and limits in force; ``errors`` are the rules that were refused."""

    detectors: Detectors
    lists: Lists
    policy: Policy
    limits: Limits
    versions: Mapping[str, str]
    errors: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self.detectors.rules


def load_bundle(settings: Settings) -> Bundle:
    """The bundle these settings ask for.

    Raises:
        SettingsError: a folder of rules or lists is not there.
    """
    lists = shipped()
    for one in settings.lists:
        lists = lists.with_lists(from_folder(Path(one)))
    sources = [(own_rules_folder(), "chaffinch")] if settings.own_rules else []
    sources += [(Path(one), one) for one in settings.rules]
    for folder, _ in sources:
        if not folder.is_dir():
            raise SettingsError(f"{folder}: no such folder of rules")
    loaded = [load_rules(folder, origin, lists) for folder, origin in sources]
    rules = tuple(sorted((rule for one in loaded for rule in one.rules), key=_by_name))
    return Bundle(
        detectors=Detectors(rules),
        lists=lists,
        policy=settings.policy,
        limits=settings.limits,
        versions={
            "chaffinch": __version__,
            "rules": _digest(f"{one.name}\0{one.document.source}" for one in rules),
            "lists": _lists_digest(lists),
            "policy": _digest([msgspec.json.encode(settings.policy, order="sorted").decode()]),
        },
        errors=tuple(error for one in loaded for error in one.errors),
    )


def own_rules_folder() -> Path:
    """Where the rules of this project lie: inside the installed package, or beside its source."""
    package = Path(str(resources.files("chaffinch")))
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent.parent / "rules"


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
