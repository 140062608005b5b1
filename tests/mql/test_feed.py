"""A public rule feed as test input: CHAFFINCH_RULES_FEED names a folder of rule files."""

import os
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from chaffinch.detectors.installation import installation
from chaffinch.detectors.linting import linter
from chaffinch.detectors.loading import read_folder
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.grammar import parse
from chaffinch.mql.schema import list_shape
from chaffinch.mql.shapes import Kind, Shape, attributes, field_shape
from chaffinch.mql.text import print_source
from chaffinch.mql.tree import Expr
from chaffinch.mql.values import Unknown, unknown

FOLDER = os.environ.get("CHAFFINCH_RULES_FEED", "")
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER, reason="CHAFFINCH_RULES_FEED names no folder"),
]
KINDS = [
    "detection-rules",
    "insights",
    "discovery-rules",
    "dlp-discovery-rules",
    "automations",
    "exclusions",
]
MAIL = b"""From: Eve Example <eve@evil.example>
To: jane@acme.example
Subject: Re: Invoice 4711
Content-Type: text/html

<p>Please <a href="https://login.evil.example/pay?a=b">pay now</a></p>
"""


def sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(Path(FOLDER).rglob("*.yml")):
        source = yaml.safe_load(path.read_text(encoding="utf-8")).get("source")
        if source is not None:
            yield path, str(source).lower() if isinstance(source, bool) else source


@pytest.fixture(scope="module")
def rules() -> list[tuple[Path, Expr]]:
    return [(path, parse(source)) for path, source in sources()]


class Inventive:
    """Answers every question with a value of the declared shape, now and then with none."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        entries = self.value(list_shape(name))
        assert isinstance(entries, tuple | Unknown | None)
        if not isinstance(entries, tuple):
            return None
        texts = frozenset(entry for entry in entries if isinstance(entry, str))
        return entries if len(texts) < len(entries) else texts

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        return self.value(FUNCTIONS[function].result)

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        return self.chance.choice([True, 3, 0.5, "x", None])

    def value(self, shape: Shape, depth: int = 0) -> object:
        """A value of a shape; null and unknown ones included."""
        if self.chance.random() < 0.1 or depth > 8:
            return self.chance.choice([None, None, unknown("invention")])
        if shape.kind is Kind.ARRAY:
            return tuple(
                self.value(shape.inner, depth + 1) for _ in range(self.chance.randrange(4))
            )
        if shape.kind is Kind.MAP:
            return {key: self.value(shape.inner, depth + 1) for key in ("a", "url")}
        if shape.struct is not None:
            return self.struct(shape.struct, depth)
        return {
            Kind.BOOL: self.chance.choice([True, False]),
            Kind.INT: self.chance.randrange(100),
            Kind.FLOAT: self.chance.random() * 100,
            Kind.STRING: self.chance.choice(
                ["high", "evil.example", "new", "", "\ud800 pay", "zip"]
            ),
            Kind.BYTES: self.chance.choice([b"", MAIL, b"\xff\x00"]),
        }.get(shape.kind, {"a": [1, {"b": None}]})

    def struct(self, cls: type, depth: int) -> object:
        """A struct with invented fields."""
        found = {}
        public = {attribute: key for key, attribute in attributes(cls).items()}
        for name in cls.__struct_fields__:  # type: ignore[attr-defined]  # a Struct's own
            if name in public:
                shape = field_shape(cls, public[name])
                found[name] = None if shape is None else self.value(shape, depth + 1)
        return cls(**found)


@pytest.mark.parametrize("seed", range(3))
def test_no_answer_makes_a_rule_raise(rules: list[tuple[Path, Expr]], seed: int) -> None:
    message = parse_mail(MAIL)
    fired = 0
    for _, expr in rules:
        capabilities = Inventive(random.Random(seed))
        fired += evaluate(expr, message, capabilities, trace=True).fired
    assert fired


def test_every_source_prints_and_parses_to_the_same_tree(rules: list[tuple[Path, Expr]]) -> None:
    assert [path.name for path, expr in rules if parse(print_source(expr)) != expr] == []


def test_every_source_passes_the_checker_and_few_are_warned_of() -> None:
    read = [
        one
        for kind in KINDS
        for one in read_folder(Path(FOLDER) / kind, shipped(), linter(installation(shipped())))
    ]
    assert len(read) >= 1_587
    assert [one.path for one in read if not one.is_usable] == []
    warned = {one.path: problem for one in read for problem in one.problems}
    doubtful = [path for path, problem in warned.items() if problem.code != "L107"]
    assert len(doubtful) <= 0.04 * len(read)


def test_every_rule_is_evaluated_without_raising(rules: list[tuple[Path, Expr]]) -> None:
    message = parse_mail(MAIL)
    for _, expr in rules:
        first = evaluate(expr, message, NoCapabilities())
        assert evaluate(parse(print_source(expr)), message, NoCapabilities()) == first
