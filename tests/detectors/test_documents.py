"""Rule documents: what is read, what is refused with place and mend, what a feed's words mean."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chaffinch.core.errors import RuleError
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Cause, Goal, Impersonated, Vector
from chaffinch.detectors.document import DOCUMENT_BYTES, read_document
from chaffinch.detectors.examples import failures
from chaffinch.detectors.judge import Detectors, judge
from chaffinch.detectors.loading import load_rules, read_folder
from chaffinch.detectors.yaml_file import PlacedError, read_yaml
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.evidence import Evidence

Letter = Callable[..., bytes]


def test_an_error_stands_on_its_line_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "typo.yml").write_text(
        "name: T\ndescription: sender.emial in passing\nsource: |\n"
        '  type.inbound\n  and sender.emial.email == "x"\ntype: rule\n'
    )
    (error,) = load_rules(tmp_path, "test").errors
    assert "typo.yml:5\n" in error
    assert '\n5 | and sender.emial.email == "x"\n' in error


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"a" * (DOCUMENT_BYTES + 1), "D001", "larger than"),
        (b"name: [\n", "D002", "not YAML"),
        (b"\xff\xfe\x00", "D002", "not YAML"),
        (b"name: &a x\nsource: *a\n", "D002", "aliases"),
        (b"name: N\nsource: 'true'\ntags: &a [*a]\n", "D002", "aliases"),
        (b"", "D003", "mapping"),
        (b"!!python/object:os.system {}\n", "D002", "not YAML"),
        (b"- name\n", "D003", "mapping"),
        (b"name: T\nsource: 'true'\nseverity: grave\n", "D004", "grave"),
        (b"nmae: T\nsource: 'true'\n", "D004", "did you mean `name`"),
    ],
)
def test_what_is_no_rule_is_refused_by_code(data: bytes, code: str, said: str) -> None:
    with pytest.raises(RuleError, match=said) as caught:
        read_document(data, "x.yml")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"name: N\nsource: [\n", (3, 1)),
        (b"name: N\nsource: a\xff\n", (2, 10)),
        (b"name: N\nsource: 'true'\nseverity: grave\n", (3, 1)),
        (b"name: N\nsource: 'true'\nlabels: {cause: x}\n", (3, 1)),
        (b"name: N\nsource: 'true'\n\nseverty: low\n", (4, 1)),
        (b"name: N\nsource: 'true'\nname: M\n", (3, 1)),
    ],
)
def test_an_error_of_a_key_has_its_place(data: bytes, place: tuple[int, int]) -> None:
    with pytest.raises(PlacedError) as caught:
        read_document(data, "x.yml")
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("source: |\n  a\n\n    bad\n", (4, 5)),
        ("source: |2\n    a\n\n    bad\n", (4, 5)),
        ("source: a and bad\n", (1, 15)),
        ('source: "a and bad"\n', (1, 16)),
        ("source: >\n  a and\n  bad\n", (1, 9)),
    ],
)
def test_a_place_in_the_source_is_one_in_the_file(written: str, place: tuple[int, int]) -> None:
    file = read_yaml(written.encode())
    source = str(file.values["source"])
    assert file.source_place(source, source.index("bad")) == place


def test_what_is_bad_is_listed_and_the_good_rules_load(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("name: A\nsource: type.inbound\n")
    (tmp_path / "b.yml").write_bytes(b"name: B\nsource: \xfe\n")
    (tmp_path / "c.yml").write_text("name: C\nsource: 'true'\nseverty: low\n")
    long = "beta.ip_in('192.0.2.1', " + ", ".join(["'198.51.100.0/24'"] * 15_000) + ")"
    assert len(long) > 280_000
    (tmp_path / "d.yml").write_text(f"name: D\nsource: {long}\n")
    (tmp_path / "e.yml").write_text(f"name: E\nsource: {' ' * 1_000_000} true\n")
    (tmp_path / "f.yml").write_text(f"name: F\nsource: |\n  true{' ' * 1_000_000}\n")
    (tmp_path / "g.yml").mkdir()
    (tmp_path / "h.yml").symlink_to(tmp_path / "gone.yml")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "jobs.yml").write_text("on: push\n")
    loaded = load_rules(tmp_path, "test")
    assert [one.name for one in loaded.rules] == ["a", "d", "e"]
    assert [one.code for one in loaded.problems] == ["D002", "D004", "M006", "D007"]
    assert all(one.hint for one in loaded.problems if one.code != "D007")


def test_a_folder_that_vanishes_while_it_is_read_lists_what_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.yml").write_text("name: N\nsource: 'true'\n")
    read = read_folder(folder, shipped())
    assert next(read).is_usable
    shutil.rmtree(folder)
    rest = list(read)
    assert [one.is_usable for one in rest] == [False, False]
    assert {problem.code for one in rest for problem in one.problems} == {"D007"}


def test_two_rules_of_one_id_are_not_both_loaded(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yml").write_text("name: N\nid: same\nsource: 'true'\n")
    loaded = load_rules(tmp_path, "test")
    assert [one.name for one in loaded.rules] == ["a"]
    assert "has the id of a.yml" in loaded.errors[0]


def test_documents_of_other_types_are_no_detectors(tmp_path: Path) -> None:
    (tmp_path / "q.yml").write_text("name: Q\ntype: query\nsource: 'true'\n")
    assert load_rules(tmp_path, "test").rules == ()
    assert load_rules(tmp_path, "test").errors == ()


def test_a_feeds_words_become_ours() -> None:
    meaning = read_document(
        b"name: F\nsource: 'true'\nattack_types: [BEC/Fraud]\n"
        b"tactics_and_techniques: ['Impersonation: VIP']\ndetection_methods: [URL analysis]\n",
        "x.yml",
    ).meaning
    assert (meaning.goal, meaning.impersonated) == (Goal.PAYMENT, Impersonated.VIP)
    assert (meaning.vector, meaning.cause) == (Vector.LINK, Cause.LINK)
    assert read_document(b"name: S\nsource: 'true'\nattack_types: [Spam]\n", "x").meaning.kind == (
        "spam"
    )


@pytest.mark.parametrize(
    ("source", "fires", "missing"),
    [
        ("any($org_domains, . == 'acme.example')", True, ()),
        ("'acme' in $org_slds", True, ()),
        ("'Ada Marsh' in $org_display_names", True, ()),
        ("any($org_vips, .display_name == 'Ada Marsh')", True, ()),
        ("any($org_vips, .display_name == 'Ben Okoye')", False, ()),
        ("profile.by_sender().prevalence == 'new'", False, ("profiles",)),
        ("sender.email.email in $sender_emails", False, ("profiles",)),
        ("any($sender_emails, . == sender.email.email)", False, ("$sender_emails",)),
    ],
)
def test_rules_ask_for_tenant_lists_and_profiles(
    tmp_path: Path, letter: Letter, acme: Tenant, source: str, fires: bool, missing: tuple[str, ...]
) -> None:
    (tmp_path / "r.yml").write_text(f'name: R\nsource: "{source}"\n')
    loaded = load_rules(tmp_path, "test")
    assert loaded.errors == ()
    evidence = Evidence(parse(letter(), tenant=acme), None, shipped())
    judgement = judge(evidence, Detectors(loaded.rules))
    assert bool(judgement.findings) is fires
    assert tuple(cause for one in judgement.undecided for cause in one.missing) == missing


def test_an_example_knows_what_came_just_before(tmp_path: Path) -> None:
    flood = "".join(
        f"      - |\n        From: n{n}@club{n}.test\n        To: ben.okoye@acme.example\n\n"
        "        Welcome\n"
        for n in range(9)
    )
    source = "signals.recipient.pace.mailbox_messages_last_hour_count > 6"
    message = "    message: |\n      From: a@b.test\n      To: ben.okoye@acme.example\n\n      Hi\n"
    (tmp_path / "burst.yml").write_text(
        f"name: B\nsource: {source}\ntype: rule\n"
        f"fires_on:\n  - what: a flood\n    just_before:\n{flood}{message}"
        f"quiet_on:\n  - what: the same long ago\n    history:\n{flood}{message}"
    )
    (rule,) = load_rules(tmp_path, "test").rules
    assert list(failures(rule, shipped())) == []
