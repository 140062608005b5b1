"""What the checker says of wrong rules, one golden file per error code, and of right ones."""

import re
from pathlib import Path

import pytest

import chaffinch.mql.check
from chaffinch.core.errors import RuleError
from chaffinch.message.message import Message
from chaffinch.mql.check import check
from chaffinch.mql.grammar import parse
from chaffinch.mql.schema import Schema

HERE = Path(__file__).parent
SCHEMA = Schema(Message)
SIGNALS = {"sender.is_new": bool, "links_count": int, "subject.style": str}
CODES = (HERE / "error_codes.txt").read_text().split()


def errors(source: str, *, is_rule: bool = True) -> list[RuleError]:
    """All errors of a source, syntax or other."""
    try:
        return check(parse(source), SCHEMA, SIGNALS, is_rule=is_rule)
    except RuleError as error:
        return [error]


@pytest.mark.parametrize("code", CODES)
def test_an_error_reads_as_its_golden_file_says(code: str) -> None:
    source = (HERE / "golden" / f"{code}.in").read_text().rstrip("\n")
    if code == "M005":
        source = source.replace("…", "(" * 200)
    if code == "M006":
        source = source.replace("…", " " * 1_000_000)
    found = errors(source)
    assert code in {error.code for error in found}
    rendered = "\n\n".join(error.render(source) for error in found)
    assert rendered + "\n" == (HERE / "golden" / f"{code}.out").read_text()


def test_the_codes_are_locked() -> None:
    room = Path(chaffinch.mql.check.__file__).parent
    used = {
        code for file in room.rglob("*.py") for code in re.findall(r'"(M\d{3})"', file.read_text())
    }
    assert sorted(used) == CODES
    assert sorted(path.stem for path in (HERE / "golden").glob("M*.in")) == CODES


@pytest.mark.parametrize(
    "source",
    [
        "type.inbound and sender.email.domain.root_domain in $org_domains",
        "headers.auth_summary.dmarc.pass or headers.auth_summary.dmarc.details.from.domain == 'a'",
        "any(body.links, .href_url.query_params_decoded['a'][0] == 'b')",
        "any($org_vips, .display_name =~ sender.display_name)",
        "any(attachments, any(file.parse_eml(.).attachments, .file_type == 'zip'))",
        "any(attachments, any(file.explode(.), any(.scan.yara.matches, .name == 'x')))",
        "signals.sender.is_new and signals.links_count > 3 and signals.subject.style == 'x'",
        "coalesce(profile.by_sender().solicited, false)",
        "ml.link_analysis(body.links[0], mode='aggressive').credphish.disposition == 'phishing'",
        "any(regex.extract(subject.base, '(?P<a>b)'), .named_groups['a'] == 'b')",
        "strings.parse_json('{}').a.b[0]['c'] == 1",
        "sum(map(attachments, .size)) / 2.0 > 1 and length(subject.subject[0:3]) == 3",
        "length(distinct(body.links, .href_url.url)) > 1",
        "coalesce(body.links[0].href_url, body.links[1].href_url).path == '/'",
        "any(ml.nlu_classifier(body.current_thread.text).topics, .name in ('a') and . is not null)",
        "1 == null or 1 in [1, 2.5] or null",
    ],
)
def test_a_right_rule_has_no_errors(source: str) -> None:
    assert errors(source) == []


def test_a_query_may_have_any_type() -> None:
    assert errors("map(body.links, .href_url.url)", is_rule=False) == []
    assert [error.code for error in errors("map(body.links, .href_url.url)")] == ["M201"]


def test_one_mistake_is_one_error() -> None:
    found = errors("sender.adress.domain.root_domain == 3 and any(body.lnks, .href_url.foo > 'a')")
    assert [(error.code, error.hint) for error in found] == [
        ("M103", ""),
        ("M103", "did you mean `links`?"),
    ]
