"""Folders of rule files → checked documents: the good ones load, the bad ones are listed.

Every file is read once. A document gets as far as it can: read, parsed, checked against the message
model, printed and parsed again; what is wrong carries its place in the file and a mend.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from chaffinch.core.errors import RuleError
from chaffinch.detectors.document import RuleDocument, document_of, unknown_keys
from chaffinch.detectors.problem import Problem, of_file, of_source
from chaffinch.detectors.rules import Rule
from chaffinch.detectors.yaml_file import DOCUMENT_BYTES, PlacedError, read_yaml
from chaffinch.lists.names import PUBLIC_NAMES
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.message import Message
from chaffinch.mql.check import check
from chaffinch.mql.grammar import parse
from chaffinch.mql.schema import Schema, suggestion
from chaffinch.mql.tree import Expr, ListName, walk
from chaffinch.mql.triage import CONTEXT
from chaffinch.signals.declare import catalogue
from chaffinch.signals.elements import element_signals

SUFFIXES = (".yml", ".yaml")
_TYPES: Mapping[str, type] = {"bool": bool, "int": int, "float": float, "str": str}
_OF_ELEMENTS: Mapping[type, Mapping[str, type]] = {
    kind: {name: _TYPES[one.element_kind] for name, one in named.items()}
    for kind, named in element_signals().items()
}
MESSAGE = Schema(Message, element_signals=_OF_ELEMENTS)
CASE = Schema(Message, CONTEXT, _OF_ELEMENTS)

Lint = Callable[[RuleDocument, Expr], Iterable[RuleError]]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One file as far as it got: ``path`` is relative to its folder."""

    path: str
    document: RuleDocument | None = None
    expr: Expr | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether nothing but warnings was found."""
        return self.expr is not None and all(one.is_warning for one in self.problems)


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """Usable rules in the order of their names, and what is wrong with the others."""

    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[str, ...]:
        """Why some rules are left out, a text each."""
        return tuple(str(one) for one in self.problems if not one.is_warning)


def load_rules(folder: Path, origin: str, lists: Lists | None = None) -> RuleSet:
    """All detection rules below a folder; a bad one is listed and the good ones load.

    Documents of other types (queries, exclusions, triage) are no detectors and are left out.
    """
    return rule_set(read_folder(folder, lists or shipped(), kinds=("rule",)), origin)


def rule_set(read: Iterable[Checked], origin: str, kinds: Collection[str] = ("rule",)) -> RuleSet:
    """The rules of some kinds among checked files."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    for one in read:
        if one.document is not None and one.document.type not in kinds:
            continue
        problems += one.problems
        if one.is_usable:
            rules.append(rule_of(one, origin))
    return RuleSet(rules=tuple(sorted(rules, key=lambda one: one.name)), problems=tuple(problems))


def rule_of(one: Checked, origin: str) -> Rule:
    """A usable file as a rule, named by its path."""
    assert one.document is not None
    assert one.expr is not None
    name = one.path.removesuffix(".yml").removesuffix(".yaml")
    return Rule(name=name, document=one.document, expr=one.expr, origin=origin)


def read_folder(
    folder: Path, lists: Lists, lint: Lint | None = None, kinds: Collection[str] | None = None
) -> Iterator[Checked]:
    """Every rule file below a folder, each with what is wrong with it; no id comes twice.

    With ``kinds`` the sources of documents of other kinds are not looked at.
    """
    seen: dict[str, str] = {}
    for path in rule_files(folder):
        name = path.name if path == folder else str(path.relative_to(folder))
        one = read_rule(path, name, lists, lint, kinds)
        if one.document is not None and one.document.id:
            twin = seen.setdefault(one.document.id, one.path)
            if twin != one.path:
                one = _with(one, _twin(path, twin))
        yield one


def read_rule(
    path: Path,
    name: str,
    lists: Lists,
    lint: Lint | None = None,
    kinds: Collection[str] | None = None,
) -> Checked:
    """One rule file, called ``name``."""
    try:
        with path.open("rb") as opened:
            file = read_yaml(opened.read(DOCUMENT_BYTES + 1))
        document = document_of(file, name)
    except RuleError as error:
        return Checked(path=name, problems=(of_file(path, error),))
    except OSError as error:
        gone = PlacedError("D007", f"cannot be read: {error.strerror}")
        return Checked(path=name, problems=(of_file(path, gone),))
    if kinds is not None and document.type not in kinds:
        return Checked(path=name, document=document)
    strange = tuple(of_file(path, one) for one in unknown_keys(file))
    expr, errors = checked_source(document, lists)
    if lint is not None and expr is not None and not errors:
        errors = list(lint(document, expr))
    wrong = tuple(of_source(path, error, file, document.source) for error in errors)
    return Checked(path=name, document=document, expr=expr, problems=strange + wrong)


def checked_source(document: RuleDocument, lists: Lists) -> tuple[Expr | None, list[RuleError]]:
    """The tree of a document's source, and everything that is wrong with it."""
    try:
        expr = parse(document.source)
    except RuleError as error:
        return None, [error]
    wrong = check(expr, schema_of(document), signal_types(), is_rule=document.must_be_bool)
    return expr, [*wrong, *_unknown_lists(expr, lists)]


def schema_of(document: RuleDocument) -> Schema:
    """What a document's source may name; an automation also sees the case."""
    return CASE if document.type == "triage_rule" else MESSAGE


def rule_files(folder: Path) -> Iterator[Path]:
    """The rule files below a folder (or the file itself) in order, hidden ones left out.

    Pipes and devices are none; a link whose file is gone is one, so that it is named.
    """
    if folder.is_file():
        yield folder
        return
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            path = Path(where) / name
            if name.endswith(SUFFIXES) and not name.startswith(".") and _is_file_or_gone(path):
                yield path


def _is_file_or_gone(path: Path) -> bool:
    return path.is_file() or not path.exists()


def _with(one: Checked, problem: Problem) -> Checked:
    return msgspec.structs.replace(one, problems=(*one.problems, problem))


def _twin(path: Path, twin: str) -> Problem:
    error = PlacedError("D008", f"has the id of {twin}", hint="give it an id of its own")
    return of_file(path, error)


def _unknown_lists(expr: Expr, lists: Lists) -> Iterator[RuleError]:
    """A list nobody ever heard of is a slip; one that is merely absent leaves rules undecided."""
    known = PUBLIC_NAMES | frozenset(lists.by_name)
    for node, _ in walk(expr):
        if isinstance(node, ListName) and node.name not in known:
            hint = suggestion(node.name, known)
            yield RuleError(
                "D006", f"no list `${node.name}`", start=node.start, end=node.end, hint=hint
            )


@cache
def signal_types() -> Mapping[str, type]:
    """Name → type of every signal a rule may read."""
    return {name: _TYPES[one.kind] for name, one in catalogue().items()}
