"""Rules as detectors: a checked document, and what it says of a message's evidence."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from chaffinch.core.errors import RuleError
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.document import RuleDocument, read_documents
from chaffinch.detectors.finding import Finding, Judgement, Span, Undecided
from chaffinch.lists.names import PUBLIC_NAMES
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.message import Message
from chaffinch.mql.check import check
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.outcome import Outcome
from chaffinch.mql.schema import Schema, suggestion
from chaffinch.mql.tree import Expr, ListName, walk
from chaffinch.mql.values import Unknown
from chaffinch.signals.declare import catalogue
from chaffinch.signals.evidence import Evidence

_TYPES: Mapping[str, type] = {"bool": bool, "int": int, "float": float, "str": str}


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A document that parses and type-checks; ``origin`` says whose it is."""

    name: str
    document: RuleDocument
    expr: Expr
    origin: str


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """Usable rules in the order of their names, and why the others are not."""

    rules: tuple[Rule, ...] = ()
    errors: tuple[str, ...] = ()


def load_rules(folder: Path, origin: str, lists: Lists | None = None) -> RuleSet:
    """All detection rules below a folder; a bad one is listed and the good ones load.

    Documents of other types (queries, exclusions, triage) are no detectors and are left out.
    """
    rules: list[Rule] = []
    errors: list[str] = []
    seen: dict[str, str] = {}
    for document, error in read_documents(folder):
        if document is None:
            errors.append(error)
        elif document.type == "rule":
            twin = seen.setdefault(document.id or document.path, document.path)
            if twin != document.path:
                errors.append(f"{folder / document.path}: has the id of {twin}; give it its own")
                continue
            try:
                rules.append(usable(document, origin, lists or shipped()))
            except RuleError as wrong:
                errors.append(_rendered(wrong, document, folder / document.path))
    return RuleSet(rules=tuple(sorted(rules, key=lambda one: one.name)), errors=tuple(errors))


def _rendered(wrong: RuleError, document: RuleDocument, path: Path) -> str:
    """The error with its line in the file, in which the source is one key of several."""
    lines = path.read_text("utf-8", errors="replace").splitlines()
    key = next((index for index, line in enumerate(lines) if line.startswith("source:")), 0)
    first = document.source.partition("\n")[0].strip()
    begin = next((index for index in range(key, len(lines)) if first in lines[index]), key)
    return wrong.render(document.source, str(path), first_line=begin + 1)


def usable(document: RuleDocument, origin: str, lists: Lists) -> Rule:
    """The document as a rule.

    Raises:
        RuleError: its source does not parse or asks for what does not exist.
    """
    expr = parse(document.source)
    wrong = check(expr, Schema(Message), _signal_types())
    if wrong:
        raise wrong[0]
    _check_lists(expr, lists)
    name = document.path.removesuffix(".yml").removesuffix(".yaml")
    return Rule(name=name, document=document, expr=expr, origin=origin)


def _check_lists(expr: Expr, lists: Lists) -> None:
    """A list nobody ever heard of is a slip; one that is merely absent leaves rules undecided."""
    known = PUBLIC_NAMES | frozenset(lists.by_name)
    for node, _ in walk(expr):
        if isinstance(node, ListName) and node.name not in known:
            hint = suggestion(node.name, known)
            raise RuleError(
                "D006", f"no list `${node.name}`", start=node.start, end=node.end, hint=hint
            )


def judge(evidence: Evidence, rules: Sequence[Rule]) -> Judgement:
    """What every rule says of the evidence."""
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    for rule in rules:
        capabilities = EvidenceCapabilities(evidence)
        outcome = evaluate(rule.expr, evidence.message, capabilities)
        if outcome.fired:
            findings.append(_finding(rule, evidence, capabilities))
        elif outcome.missing:
            undecided.append(Undecided(detector=rule.name, missing=tuple(sorted(outcome.missing))))
    return Judgement(tuple(findings), tuple(undecided))


def _finding(rule: Rule, evidence: Evidence, capabilities: EvidenceCapabilities) -> Finding:
    traced = evaluate(rule.expr, evidence.message, capabilities, trace=True)
    return Finding(
        detector=rule.name,
        title=rule.document.name,
        origin=rule.origin,
        severity=rule.document.severity,
        labels=rule.document.meaning,
        signals=_known(evidence, capabilities.signals_read),
        spans=_spans(traced),
    )


def _known(evidence: Evidence, names: Iterable[str]) -> dict[str, bool | int | float | str | None]:
    values = {name: evidence[name] for name in sorted(names)}
    return {name: value for name, value in values.items() if not isinstance(value, Unknown)}


def _spans(outcome: Outcome) -> tuple[Span, ...]:
    return tuple(
        Span(field=one.path, start=one.start, end=one.end, text=one.text) for one in outcome.matches
    )


@cache
def _signal_types() -> Mapping[str, type]:
    return {name: _TYPES[one.kind] for name, one in catalogue().items()}
