"""The rules we ship: all load, each is labelled and named like the others, its examples hold."""

import re
import uuid
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from chaffinch.core.vocabulary import Goal, Severity
from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.examples import failures
from chaffinch.detectors.loading import load_rules
from chaffinch.detectors.measured import read_measured
from chaffinch.detectors.rules import Rule
from chaffinch.engine.bundle import own_rules_folder
from chaffinch.lists.reference import shipped
from chaffinch.signals.declare import catalogue

FOLDER = own_rules_folder()
LOADED = load_rules(FOLDER, "chaffinch")
ATTACKS = frozenset(
    {"impersonation", "credentials", "payment", "fraud", "malware", "spam", "graymail"}
)
FEED_WORDS: Mapping[str, frozenset[str]] = {
    "attack_types": frozenset(
        {
            "Credential Phishing",
            "Malware/Ransomware",
            "BEC/Fraud",
            "Callback Phishing",
            "Spam",
            "Extortion",
            "Reconnaissance",
        }
    ),
    "detection_methods": frozenset(
        {
            "Sender analysis",
            "Content analysis",
            "URL analysis",
            "Header analysis",
            "File analysis",
            "HTML analysis",
            "Archive analysis",
            "Macro analysis",
            "QR code analysis",
        }
    ),
    "tactics_and_techniques": frozenset(
        {
            "Encryption",
            "Evasion",
            "Free email provider",
            "Free file host",
            "Free subdomain host",
            "HTML smuggling",
            "Impersonation: Brand",
            "Impersonation: Domain",
            "Impersonation: Employee",
            "Impersonation: VIP",
            "Impersonation: Vendor",
            "Lookalike domain",
            "Macros",
            "Open redirect",
            "Out of band pivot",
            "QR code",
            "Scripting",
            "Social engineering",
            "Spoofing",
        }
    ),
}
NAME = re.compile(r"[a-z]+/[a-z]+(?:-[a-z]+)*")
SIGNAL = re.compile(r"\bsignals\.([a-z_]+\.[a-z_]+\.[a-z_]+)")

every_rule = pytest.mark.parametrize("rule", LOADED.rules, ids=lambda rule: rule.name)


def test_every_document_loads() -> None:
    assert LOADED.errors == ()
    assert len(LOADED.rules) == len(list(FOLDER.rglob("*.yml")))
    assert len(LOADED.rules) >= 120


def test_ids_and_titles_are_unique() -> None:
    ids = Counter(rule.document.id for rule in LOADED.rules)
    titles = Counter(rule.document.name.lower() for rule in LOADED.rules)
    assert max(ids.values()) == 1
    assert max(titles.values()) == 1


def test_every_attack_has_a_rule_and_every_folder_is_an_attack() -> None:
    assert {rule.name.partition("/")[0] for rule in LOADED.rules} == ATTACKS


@every_rule
def test_examples_hold(rule: Rule) -> None:
    assert len(rule.document.fires_on) >= 2
    assert len(rule.document.quiet_on) >= 2
    assert list(failures(rule, shipped())) == []


@every_rule
def test_a_rule_is_named_and_numbered_properly(rule: Rule) -> None:
    assert NAME.fullmatch(rule.name)
    assert uuid.UUID(rule.document.id).version == 4
    assert rule.document.type == "rule"


@every_rule
def test_a_title_is_half_a_sentence(rule: Rule) -> None:
    title = rule.document.name
    assert title[0].isupper()
    assert not title[1].isupper()
    assert not title.endswith(".")
    assert "\n" not in title


@every_rule
def test_every_signal_exists(rule: Rule) -> None:
    named = set(SIGNAL.findall(rule.document.source))
    assert named <= set(catalogue())


@every_rule
def test_a_rule_says_what_it_finds(rule: Rule) -> None:
    document = rule.document
    assert document.description
    assert document.detection_methods
    assert document.tactics_and_techniques
    assert document.false_positives
    for key, words in FEED_WORDS.items():
        assert set(getattr(document, key)) <= words
    assert {"severity", "labels"} <= _keys_written(document)


@every_rule
def test_kind_follows_the_folder(rule: Rule) -> None:
    folder = rule.name.partition("/")[0]
    labels = rule.document.meaning
    if folder in ("spam", "graymail"):
        assert labels.kind == folder
        assert labels.goal is Goal.NONE
    else:
        assert labels.kind == "attack"
    assert (rule.document.severity is Severity.INFORMATIONAL) == (folder == "graymail")


def test_no_rule_is_undecided_without_history_unless_it_asks_for_history() -> None:
    needs = {name for name, one in catalogue().items() if one.needs_history}
    for rule in LOADED.rules:
        asked = set(SIGNAL.findall(rule.document.source)) & needs
        has_history = any(one.history for one in rule.document.fires_on)
        assert bool(asked) == has_history, rule.name


def _keys_written(document: RuleDocument) -> set[str]:
    written = yaml.safe_load((FOLDER / Path(document.path)).read_text("utf-8"))
    return set(written)


@every_rule
def test_every_rule_was_measured_as_it_reads_now(rule: Rule) -> None:
    hits = read_measured(FOLDER).of(rule)
    assert hits is not None, "python benchmarks/rule_hits.py --write"
    assert "simulated" in hits.benign
