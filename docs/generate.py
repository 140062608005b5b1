"""Writes the reference pages from the code; with ``--check`` says which are stale instead."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import msgspec
from meanings import DOCUMENT_CODES, EXAMPLE_KEYS, LABEL_KEYS, RULE_KEYS, SETTINGS, WORDS

from chaffinch.core.limits import Limits
from chaffinch.core.plain_words import words_of
from chaffinch.core.tenant import (
    Customer,
    DomainAlias,
    Forwarding,
    KeepMessages,
    Person,
    RuleChoice,
    Simulation,
    TrustedService,
    Vendor,
)
from chaffinch.core.vocabulary import (
    Action,
    Cause,
    Goal,
    Impersonated,
    Origin,
    Permission,
    Severity,
    Vector,
    Verdict,
    attack_type,
)
from chaffinch.core.wishes import Actions, Group, MailboxWishes, Thresholds
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.document import Example, RuleDocument
from chaffinch.detectors.finding import Labels
from chaffinch.detectors.measured import read_measured
from chaffinch.engine.bundle import load_bundle, own_rules_folder
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import TenantFile
from chaffinch.lists.reference import shipped
from chaffinch.message.rewrite import rewriters
from chaffinch.profiles.retention import Retention
from chaffinch.signals.declare import LEVELS, catalogue
from chaffinch.signals.names import grown, read_lock
from chaffinch.surfaces.cli.tree import every_parser

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "docs" / "reference"
LOCK = TOP / "src" / "chaffinch" / "signals" / "data" / "names.lock"
MADE = "<!-- made by `make docs`; change the code, not this page -->\n"


LABELS: Mapping[str, type[StrEnum]] = {
    "severity": Severity,
    "labels: cause": Cause,
    "labels: goal": Goal,
    "labels: vector (may be left out)": Vector,
    "labels: impersonated": Impersonated,
}
AXES: Mapping[str, type[StrEnum]] = {
    "verdict": Verdict,
    "action": Action,
    "source": Origin,
    "trusted_services: may_send": Permission,
}
FILES: Mapping[str, type[msgspec.Struct]] = {
    "Settings file": Settings,
    "Settings file, `[limits]`": Limits,
    "Settings file, `[policy]`": Policy,
    "Settings file, `[retention]`": Retention,
    "Tenant file": TenantFile,
    "Tenant file, `[[people]]`": Person,
    "Tenant file, `[[domain_aliases]]`": DomainAlias,
    "Tenant file, `[[vendors]]`": Vendor,
    "Tenant file, `[[customers]]`": Customer,
    "Tenant file, `[[forwarding]]`": Forwarding,
    "Tenant file, `[[simulations]]`": Simulation,
    "Tenant file, `[thresholds]`": Thresholds,
    "Tenant file, `[actions]`": Actions,
    "Tenant file, `[[groups]]`": Group,
    "Tenant file, `[[mailboxes]]`": MailboxWishes,
    "Tenant file, `[messages]`": KeepMessages,
    "Tenant file, `[[trusted_services]]`": TrustedService,
    "Tenant file, `[[rules]]`": RuleChoice,
}


def main() -> int:
    """Write or check every page; 1 where a page is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    FOLDER.mkdir(exist_ok=True)
    stale = []
    for path, text in _made():
        if only_check and (not path.exists() or path.read_text("utf-8") != text):
            stale.append(path.relative_to(TOP))
        elif not only_check:
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"{name} is stale; run 'make docs'", file=sys.stderr)
    return 1 if stale else 0


def _made() -> Iterator[tuple[Path, str]]:
    """Every file that is written, with its text."""
    for name, lines in PAGES.items():
        yield FOLDER / name, MADE + "\n".join(lines()) + "\n"
    yield LOCK, grown(read_lock(LOCK.read_text("utf-8")), catalogue())


def signals() -> Iterator[str]:
    """The catalogue of signals."""
    listed = catalogue()
    yield f"# Signals\n\n{len(listed)} signals. In a rule the first one below is"
    yield f"`signals.{next(iter(listed))}`."
    yield "On your mail: [signals](../signals.md). *Unknown* says when there is no value;"
    yield "an empty cell, that there always is one."
    for level in LEVELS:
        yield f"\n## {level}\n\n| signal | type | unit | meaning | unknown |\n|---|---|---|---|---|"
        for one in listed.values():
            if one.level == level:
                per = f" ({one.aggregate} over each {one.element})" if one.element else ""
                yield (
                    f"| `{one.name}` | {one.kind}{per} | {one.unit} | {one.description} "
                    f"| {one.missing} |"
                )


def rules() -> Iterator[str]:
    """The rules that ship."""
    loaded = load_bundle(Settings()).rules
    measured = read_measured(own_rules_folder())
    yield f"# Rules\n\n{len(loaded)} rules of our own; a folder under `--rules` adds to them."
    yield (
        f"\nHits: benign messages of {sum(measured.benign.values()):,}, and unwanted ones of "
        f"{sum(measured.unwanted.values()):,}, that the rule fired on when it was measured last\n"
        "([how](../../benchmarks/README.md)).\n"
    )
    yield "| rule | severity | cause | goal | benign | unwanted | says |"
    yield "|---|---|---|---|---|---|---|"
    for one in loaded:
        meaning, document, hits = one.document.meaning, one.document, measured.of(one)
        counts = f"{hits.benign_count} | {hits.unwanted_count}" if hits else " | "
        yield (
            f"| `{one.name}` | {document.severity} | {meaning.cause} | {meaning.goal} | {counts} "
            f"| {document.name} |"
        )


def lists() -> Iterator[str]:
    """The reference lists that ship."""
    yield "# Reference lists\n\n| list | entries |\n|---|---|"
    for name, one in sorted(shipped().by_name.items()):
        yield f"| `${name}` | {len(one.entries)} |"


def settings() -> Iterator[str]:
    """The keys of the settings file and of the tenant file."""
    yield "# Settings and tenant file: every key\n"
    for title, kind in FILES.items():
        yield f"## {title}\n\n| key | default | meaning |\n|---|---|---|"
        for one in msgspec.structs.fields(kind):
            meaning = SETTINGS[kind.__name__][one.name]
            yield f"| `{one.encode_name}` | {_default(one)} | {meaning} |"
        yield ""


def vocabulary() -> Iterator[str]:
    """The words a rule's labels and a row's columns are made of."""
    yield "# Vocabulary\n\nThe words allowed in a rule's `severity` and `labels`, in the tables of"
    yield "the settings file, and in rows.\n"
    for title, kind in LABELS.items():
        yield from _words(title, kind.__doc__, kind.__name__, [str(one) for one in kind])
    kinds = [str(one) for one in get_args(get_type_hints(Labels)["kind"])]
    yield from _words("labels: kind", "What sort of mail the rule finds.", "Kind", kinds)
    for title, kind in AXES.items():
        yield from _words(title, kind.__doc__, kind.__name__, [str(one) for one in kind])
    yield "## attack_type\n\nThe name people use for goal, vector and face; the gravest finding's"
    yield "vector counts.\n\n| name | goal | vector | impersonated |\n|---|---|---|---|"
    for name, (goals, vectors, faces) in _attack_types().items():
        yield f"| {name} | {goals} | {vectors} | {faces} |"


def _words(title: str, what: str | None, kind: str, words: list[str]) -> Iterator[str]:
    yield f"## {title}\n\n{what}\n\n| value | meaning |\n|---|---|"
    for word in words:
        yield f"| `{word}` | {WORDS[kind][word]} |"
    yield ""


def _attack_types() -> dict[str, tuple[str, str, str]]:
    """Every name with the goals, vectors and faces that lead to it."""
    found: dict[str, list[tuple[Goal, Vector | None, Impersonated]]] = {}
    for axes in product(Goal, (None, *Vector), Impersonated):
        name = attack_type(*axes)
        if name is not None:
            found.setdefault(name, []).append(axes)
    return {
        name: (
            _some_of([one for one in Goal if one is not Goal.NONE], {one[0] for one in axes}),
            _some_of([None, *Vector], {one[1] for one in axes}),
            _some_of(list(Impersonated), {one[2] for one in axes}),
        )
        for name, axes in found.items()
    }


def _some_of(every: Sequence[StrEnum | None], these: Set[StrEnum | None]) -> str:
    """These words of an axis, or the few it takes away."""
    others = [str(one or "none") for one in every if one not in these]
    if len(others) <= 2:
        return f"any but {', '.join(others)}" if others else "any"
    return ", ".join(str(one or "none") for one in every if one in these)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    value = field.default
    if value is msgspec.NODEFAULT:
        assert field.default_factory is not msgspec.NODEFAULT
        value = field.default_factory()
    if isinstance(value, msgspec.Struct):
        return "see below"
    return f"`{msgspec.json.encode(value).decode()}`"


def click_rewriters() -> Iterator[str]:
    """Click rewriters and open redirects that are followed without fetching anything."""
    yield "# Click rewriters\n"
    yield "Links of these services hold the link they lead to, and are followed to it, one inside"
    yield "another, without fetching anything. `href_url` is where the last one leads;"
    yield "`href_url.rewrite.encoders` names the services, `href_url.rewrite.original` keeps the"
    yield "link as written."
    yield "\n| encoder | hosts, or what the link looks like | the target stands in | coded as |"
    yield "|---|---|---|---|"
    for one in rewriters().rewriter:
        looks = [f"`{host}`" for host in one.hosts] + ([f"any: `{one.begins}…`"] * bool(one.begins))
        looks += [f"any: `?…{one.holds}…`"] if one.holds else []
        held = [f"`{name}`" for name in one.parameter if name != "*"]
        where = "parameter " + ", ".join(held) if held else "any parameter"
        where = where if one.parameter else "path or fragment"
        yield f"| {one.encoder} | {', '.join(looks)} | {where} | {', '.join(one.then)} |"
    yield "\nNamed by the public model, but their links hold only a number the service looks up, or"
    yield (
        "their form is not public: " + ", ".join(f"`{n}`" for n in rewriters().not_decodable) + "."
    )
    yield "Such links stay as written, with no encoder. The same holds for `list-manage.com` and"
    yield "other trackers that keep the target to themselves."


def commands() -> Iterator[str]:
    """What each command says of itself."""
    yield "# Commands"
    for one in every_parser():
        level = "#" * len(one.prog.split())
        yield f"\n{level} {one.prog}\n\n```text\n{one.format_help().rstrip()}\n```"


DOCUMENT: Mapping[str, tuple[type[msgspec.Struct], Mapping[str, str]]] = {
    "Keys of a rule document": (RuleDocument, RULE_KEYS),
    "`labels`": (Labels, LABEL_KEYS),
    "`fires_on`, `quiet_on`: a list of": (Example, EXAMPLE_KEYS),
}
GOLDEN = TOP / "tests" / "mql" / "golden"


def documents() -> Iterator[str]:
    """Every key of a rule document."""
    yield "# Rule documents: every key\n\nOne YAML mapping a file. A key that is nearly one of"
    yield "these is an error, any other is a warning. [How rules are written](../rules.md)."
    for title, (kind, meanings) in DOCUMENT.items():
        yield f"\n## {title}\n\n| key | value | default | meaning |\n|---|---|---|---|"
        for one in msgspec.structs.fields(kind):
            if one.name in meanings:
                value, default = _kind(one.type), _default(one)
                yield f"| `{one.name}` | {value} | {default} | {meanings[one.name]} |"


def _kind(hint: object) -> str:
    """A type in plain words."""
    words = [f"`{word}`" for word in words_of(hint)]
    if words:
        return ", ".join(words)
    plain = {str: "text", bool: "true or false", int: "number"}
    if isinstance(hint, type) and hint in plain:
        return plain[hint]
    inner = [one for one in get_args(hint) if one is not Ellipsis]
    if get_origin(hint) is tuple and inner:
        return f"list of {_kind(inner[0])}"
    return "table" if get_origin(hint) is not None or isinstance(hint, type) else "table or nothing"


def rule_errors() -> Iterator[str]:
    """Every code, those of the language with what they look like."""
    yield "# What can be wrong with a rule\n\nAn error keeps a rule out; a warning (`L…`) does not."
    yield "\n## The document\n\n| code | says |\n|---|---|"
    for code, meaning in DOCUMENT_CODES.items():
        yield f"| `{code}` | {meaning} |"
    yield "\n## The source\n"
    for path in (*sorted(GOLDEN.glob("M*.out")), *sorted(GOLDEN.glob("L*.out"))):
        shown = path.read_text("utf-8").split("\n\n")[0].rstrip()
        yield f"```text\n{shown}\n```\n"


PAGES = {
    "signals.md": signals,
    "rules.md": rules,
    "lists.md": lists,
    "settings.md": settings,
    "vocabulary.md": vocabulary,
    "rewriters.md": click_rewriters,
    "commands.md": commands,
    "rule-documents.md": documents,
    "rule-errors.md": rule_errors,
}

if __name__ == "__main__":
    os.environ["COLUMNS"] = "90"
    sys.exit(main())
