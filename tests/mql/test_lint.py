"""What warns of rules that hardly mean what they say, one golden file per code; what does not."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mql.conftest import SAMPLE, Answers, Sample

import chaffinch.detectors.linting
import chaffinch.mql.lint
from chaffinch.core.errors import RuleError
from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.installation import installation
from chaffinch.detectors.linting import linter
from chaffinch.detectors.loading import checked_source
from chaffinch.lists.reference import shipped
from chaffinch.mql.check import check
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.lint.reach import FALSE, NULL, TRUE, UNKNOWN, VALUE, Reach
from chaffinch.mql.schema import Schema
from chaffinch.mql.values import Unknown

HERE = Path(__file__).parent
CODES = (HERE / "warning_codes.txt").read_text().split()
LINT = linter(installation(shipped()))


def warnings(source: str, kind: str = "rule") -> list[RuleError]:
    """All warnings about a source that the checker has nothing against."""
    document = RuleDocument(name="N", source=source, path="n.yml", type=kind)  # type: ignore[arg-type]  # a test's word
    expr, errors = checked_source(document, shipped())
    assert errors == []
    assert expr is not None
    return list(LINT(document, expr))


@pytest.mark.parametrize("code", CODES)
def test_a_warning_reads_as_its_golden_file_says(code: str) -> None:
    source = (HERE / "golden" / f"{code}.in").read_text().rstrip("\n")
    found = warnings(source)
    assert {one.code for one in found} == {code}
    said = "\n\n".join(one.render(source) for one in found) + "\n"
    golden = HERE / "golden" / f"{code}.out"
    if os.environ.get("CHAFFINCH_GOLDEN") == "write":
        golden.write_text(said)
    assert said == golden.read_text()


def test_the_codes_are_locked() -> None:
    room = Path(chaffinch.mql.lint.__file__).parent
    files = [*room.rglob("*.py"), Path(chaffinch.detectors.linting.__file__)]
    used = {code for file in files for code in re.findall(r'"(L\d{3})"', file.read_text())}
    assert sorted(used) == CODES
    assert sorted(path.stem for path in (HERE / "golden").glob("L*.in")) == CODES


@pytest.mark.parametrize(
    "source",
    [
        "type.inbound and regex.contains(subject.base, 'a+', '^$', '^.{3}')",
        "any(regex.extract(subject.base, '(?P<rest>.*)'), .named_groups['rest'] == 'x')",
        "strings.ilike(subject.base, '*pay*') and sender.email.domain.tld != 'com'",
        "type.inbound and (length(attachments) == 0 or subject.base == 'x') and subject.is_reply",
        "type.inbound and (any(body.links, .visible) or any(attachments, .size > 3))",
        "subject.base =~ 'Pay' and sender.email.domain.domain =~ 'ACME.example'",
        "0 < length(body.links) <= 3 and length(attachments) > 0",
        "all(attachments, .file_type == 'pdf') and length(attachments) > 0",
        "subject.base in ('a', 'b') and subject.base != 'a'",
        "sender.email.domain.root_domain in ('acme.example')",
        "any(attachments, .file_type in ('Z', 'zip') and .file_extension == 'ZIP')",
        "not type.inbound or not subject.is_reply",
        "2 of (subject.is_reply, subject.is_forward, length(attachments) == 0)",
    ],
)
def test_a_rule_that_means_what_it_says_is_not_warned_of(source: str) -> None:
    assert warnings(source) == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("1 of (subject.is_reply, length(attachments) == 0)", ["L102"]),
        ("subject.is_reply or all(attachments, .file_type == 'pdf')", ["L102"]),
        ("subject.is_reply or (type.inbound and sender.display_name is not null)", ["L102"]),
        ("subject.is_reply or coalesce(subject.is_forward, true)", ["L102"]),
        ("length(attachments) > 3 and length(attachments) < 2 and subject.is_reply", ["L105"]),
        ("subject.is_reply or (subject.is_reply and subject.is_forward)", ["L105"]),
        ("subject.base == 'a' and (subject.base == 'b' and subject.is_reply)", ["L105"]),
        ("length(attachments) == 1.5 or subject.is_reply", ["L104"]),
        ("0 > length(attachments) or subject.is_reply", ["L104"]),
        ("strings.contains(sender.email.email, 'ACME')", ["L104"]),
        ("hash.sha256(subject.base) in ('AB', 'ab')", ["L104"]),
    ],
)
def test_slips_are_named(source: str, codes: list[str]) -> None:
    assert [one.code for one in warnings(source)] == codes


def test_a_query_may_be_true_of_everything() -> None:
    assert warnings("subject.is_reply or length(attachments) == 0", "query") == []


def state(value: object) -> str:
    """A value as what an expression may become."""
    if isinstance(value, Unknown):
        return UNKNOWN
    return TRUE if value is True else FALSE if value is False else NULL if value is None else VALUE


def possible(found: frozenset[str]) -> frozenset[str]:
    """A value may also be a truth, and a truth a value."""
    return found | {TRUE, FALSE} if VALUE in found else found


SOURCES = [
    "signals.a", "signals.t", "signals.f", "signals.n", "links", "missing", "nothing", "null",
    "true", "false", "$one", "subject", "any(links, signals.a)", "ml.attack_score().verdict",
    "lost.email",
]  # fmt: skip
SHAPES = [
    "({0}) and ({1})", "({0}) or ({1})", "not ({0})", "({0}) == ({1})", "({0}) in ({1}, {2})",
    "2 of (({0}), ({1}), ({2}))", "({0}) is null", "coalesce({0}, {1}, {2})", "length({0})",
    "any({0}, {1})", "all({0}, {1})", "any(filter({0}, {1}), {2})", "strings.contains({0}, {1})",
    "any(map({0}, {1}), . == ({2}))", "({0}) not in ({1})", "all(links, {0})", "({0}) < 3",
    "flatten({0})", "sum({0})", "ratio({0}, {1})", "distinct({0}, {1})", "({0})[0]", "[{0}, {1}]",
]  # fmt: skip
EVERYTHING = {"signals.a", "$one", "ml.attack_score"}
KNOWN = {"t": True, "f": False, "n": None}


@settings(max_examples=500)
@given(
    shapes=st.lists(st.sampled_from(SHAPES), min_size=1, max_size=4),
    atoms=st.lists(st.sampled_from(SOURCES), min_size=12, max_size=12),
)
def test_what_a_source_becomes_was_foreseen(shapes: list[str], atoms: list[str]) -> None:
    source = shapes[0].format(*atoms[:3])
    for number, shape in enumerate(shapes[1:], 1):
        source = shape.format(source, *atoms[3 * number : 3 * number + 2])
    expr = parse(source)
    if not check(expr, Schema(Sample), dict.fromkeys("atfn", bool), is_rule=False):
        value = evaluate(expr, SAMPLE, Answers(KNOWN)).value
        assert state(value) in possible(Reach(EVERYTHING).of(expr)), source
