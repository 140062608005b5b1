"""What the language reference says of every pure function, sentence by sentence, edge by edge."""

from collections.abc import Callable

import pytest
from tests.mql.evaluators import Evaluator
from tests.mql.pure import documents, texts, values

from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.functions.declare import FUNCTIONS, Source
from chaffinch.mql.grammar import parse
from chaffinch.mql.values import Unknown

TABLES = {
    "strings": texts.STRINGS,
    "parsing": values.PARSING,
    "regexes": texts.REGEXES,
    "encodings": texts.ENCODINGS,
    "networks": values.NETWORKS,
    "arrays": values.ARRAYS,
    "pages": documents.PAGES,
    "files": documents.FILES,
}
CELLS = [(source, expected) for table in TABLES.values() for source, expected in table]


@pytest.fixture(scope="module")
def found(evaluator: Evaluator) -> Callable[[str], object]:
    message = documents.Pure()

    def evaluated(source: str) -> object:
        value = evaluator(parse(source), message, NoCapabilities())
        return set(value.causes) if isinstance(value, Unknown) else value

    return evaluated


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_cell(found: Callable[[str], object], source: str, expected: object) -> None:
    value = found(source)
    assert value == expected
    assert type(value) is type(expected)


def test_every_pure_function_has_a_cell() -> None:
    names = {name for name, one in FUNCTIONS.items() if one.source is Source.PURE}
    assert {name for name in names if not any(f"{name}(" in source for source, _ in CELLS)} == set()
