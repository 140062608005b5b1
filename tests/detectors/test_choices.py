"""A tenant's choices: which rules are off, and what their findings weigh."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import SettingsError
from chaffinch.core.tenant import RuleChoice, Tenant
from chaffinch.core.vocabulary import Severity
from chaffinch.detectors.choices import Choices
from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.loading import load_rules
from chaffinch.detectors.rules import Rule
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.mql.grammar import parse
from chaffinch.surfaces.cli.main import main

Letter = Callable[..., bytes]
HEAD = 'name = "acme"\ndomains = ["acme.example"]\n'


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    (folder / "pay").mkdir(parents=True)
    for name, more in (("any", "id: a1\n"), ("pay/new", "id: a2\ntags: [noisy]\n")):
        (folder / f"{name}.yml").write_text(f"name: N\n{more}source: type.inbound\n")
    (folder / "pay" / "who.yml").write_text(
        "name: N\nid: a3\nsource: ml.attack_score().score > 1\n"
    )
    return folder


@pytest.mark.parametrize(
    ("choices", "fired", "undecided"),
    [
        ((), {"any": "medium", "pay/new": "medium"}, ["pay/who"]),
        ((RuleChoice(id="a1", enabled=False),), {"pay/new": "medium"}, ["pay/who"]),
        ((RuleChoice(name="pay/*", enabled=False),), {"any": "medium"}, []),
        ((RuleChoice(tag="noisy", severity=Severity.LOW),), {"any": "medium", "pay/new": "low"},
         ["pay/who"]),
        ((RuleChoice(feed="FOLDER", enabled=False), RuleChoice(name="any", enabled=True)),
         {"any": "medium"}, []),
        ((RuleChoice(name="pay/*", tag="noisy", enabled=False),), {"any": "medium"}, ["pay/who"]),
        ((RuleChoice(feed="other", enabled=False),), {"any": "medium", "pay/new": "medium"},
         ["pay/who"]),
    ],
)  # fmt: skip
def test_a_choice_takes_effect_where_rules_judge(
    rules: Path,
    letter: Letter,
    acme: Tenant,
    choices: tuple[RuleChoice, ...],
    fired: dict[str, str],
    undecided: list[str],
) -> None:
    choices = tuple(
        msgspec.structs.replace(one, feed=one.feed.replace("FOLDER", str(rules))) for one in choices
    )
    settings = Settings(rules=(str(rules),), own_rules=False)
    tenant = msgspec.structs.replace(acme, rules=choices)
    with Engine.open(settings=settings, tenant=tenant) as engine:
        decision = engine.decide(letter())
    assert {one.detector: str(one.severity) for one in decision.findings} == fired
    assert [one.detector for one in decision.undecided] == undecided


CHOICES = st.builds(
    RuleChoice,
    id=st.sampled_from(("", "", "a2")),
    name=st.sampled_from(("", "pay/*", "pay/new", "*")),
    feed=st.sampled_from(("", "feed", "other")),
    tag=st.sampled_from(("", "noisy")),
    enabled=st.none() | st.booleans(),
    severity=st.none() | st.sampled_from(Severity),
).filter(lambda one: one.names_rules)
DOCUMENT = RuleDocument(name="N", source="true", path="pay/new.yml", tags=("noisy",), id="a2")
PAY = Rule(name="pay/new", document=DOCUMENT, expr=parse("true"), origin="feed")


@given(st.lists(CHOICES, max_size=5), st.data())
def test_the_order_in_which_choices_are_listed_decides_nothing(
    choices: list[RuleChoice], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(choices))
    assert Choices(tuple(choices)).severity_of(PAY) == Choices(tuple(other)).severity_of(PAY)


def test_the_narrowest_counts_and_of_equals_the_strictest() -> None:
    everything = RuleChoice(feed="feed", enabled=False, severity=Severity.LOW)
    family = RuleChoice(name="pay/*", enabled=True)
    one = RuleChoice(id="a2", severity=Severity.HIGH)
    assert Choices((family, everything)).severity_of(PAY) is Severity.LOW
    assert Choices((one, family, everything)).severity_of(PAY) is Severity.HIGH
    off = RuleChoice(name="pay/*", enabled=False, severity=Severity.CRITICAL)
    assert Choices((off, family)).severity_of(PAY) is Severity.CRITICAL
    assert Choices((off,)).severity_of(PAY) is None


def test_the_tenant_file_says_it(tmp_path: Path) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(
        HEAD
        + '[[rules]]\nname = "pay/*"\nenabled = false\n[[rules]]\nid = "1"\nseverity = "high"\n'
    )
    assert read_tenant(path).rules == (
        RuleChoice(name="pay/*", enabled=False),
        RuleChoice(id="1", severity=Severity.HIGH),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rules]]\nenabled = false\n", "line 3: `rules[0]` names no rules"),
        ('[[rules]]\nid = "1"\n', "line 3: `rules[0]` says nothing of them"),
        ('[[rules]]\nid = "1"\nenable = false\n', "line 5: unknown key `enable`; did you mean"),
        ('[[rules]]\nid = "1"\nseverity = "hihg"\n', 'line 5: `rules[0].severity`: "hihg" is none'),
        ('[[rules]]\nid = "1"\nenabled = "no"\n', "expected true or false"),
    ],
)
def test_a_wrong_choice_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(HEAD + text)
    with pytest.raises(SettingsError) as caught:
        read_tenant(path)
    assert said in str(caught.value)


def test_scan_names_a_choice_that_fits_no_rule(
    tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    tenant, mail = tmp_path / "tenant.toml", tmp_path / "a.eml"
    tenant.write_text(HEAD + '[[rules]]\nname = "payments/*"\nenabled = false\n')
    mail.write_bytes(letter())
    assert main(["scan", str(mail), "--tenant", str(tenant), "--format", "jsonl"]) == 0
    assert "tenant.toml, line 3: what `[[rules]]` names here fits no rule" in capfd.readouterr().err


def test_every_rule_of_ours_can_be_named(repository: Path) -> None:
    loaded = load_rules(repository / "rules", "chaffinch")
    assert all(rule.document.id and rule.name for rule in loaded.rules)


def test_a_chosen_severity_is_the_weight_too(rules: Path, letter: Letter, acme: Tenant) -> None:
    text = (rules / "any.yml").read_text("utf-8")
    (rules / "any.yml").write_text(text + "labels: { certainty: high }\n", "utf-8")
    chosen = msgspec.structs.replace(acme, rules=(RuleChoice(name="any", severity=Severity.LOW),))
    settings = Settings(rules=(str(rules),), own_rules=False)
    with Engine.open(settings=settings, tenant=acme) as engine:
        weights = [
            next(
                one.weighed_as
                for one in engine.decide(letter(), tenant=who).findings
                if one.detector == "any"
            )
            for who in (acme, chosen)
        ]
    assert weights == [Severity.HIGH, Severity.LOW]
