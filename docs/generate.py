"""Writes the reference pages from the code; with ``--check`` says which are stale instead."""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import msgspec

from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Person, TrustedService
from chaffinch.decision.policy import Policy
from chaffinch.engine.bundle import load_bundle
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import TenantFile
from chaffinch.lists.reference import shipped
from chaffinch.signals.declare import LEVELS, catalogue
from chaffinch.surfaces.cli.main import COMMANDS

FOLDER = Path(__file__).resolve().parent / "reference"
MADE = "<!-- made by `make docs`; change the code, not this page -->\n"


def main() -> int:
    """Write or check every page; 1 where a page is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    FOLDER.mkdir(exist_ok=True)
    stale = []
    for name, lines in PAGES.items():
        path, text = FOLDER / name, MADE + "\n".join(lines()) + "\n"
        if only_check and (not path.exists() or path.read_text("utf-8") != text):
            stale.append(name)
        elif not only_check:
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"docs/reference/{name} is stale; run 'make docs'", file=sys.stderr)
    return 1 if stale else 0


def signals() -> Iterator[str]:
    """The catalogue of signals."""
    listed = catalogue()
    yield f"# Signals\n\n{len(listed)} signals. In a rule the first one below is"
    yield f"`signals.{next(iter(listed))}`."
    yield "A signal that needs history is unknown until the organisation's mail was learned for"
    yield "three days and fifty messages."
    for level in LEVELS:
        yield f"\n## {level}\n\n| signal | type | needs history | meaning |\n|---|---|---|---|"
        for one in listed.values():
            if one.level == level:
                per = f" ({one.aggregate} over each {one.element})" if one.element else ""
                needs = "yes" if one.needs_history else ""
                yield f"| `{one.name}` | {one.kind}{per} | {needs} | {one.description} |"


def rules() -> Iterator[str]:
    """The rules that ship."""
    loaded = load_bundle(Settings()).rules
    yield f"# Rules\n\n{len(loaded)} rules of our own; a folder under `--rules` adds to them."
    yield "\n| rule | severity | cause | goal | says |\n|---|---|---|---|---|"
    for one in loaded:
        meaning, document = one.document.meaning, one.document
        yield (
            f"| `{one.name}` | {document.severity} | {meaning.cause} | {meaning.goal} "
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
    for title, kind in (
        ("Settings file", Settings),
        ("Settings file, `[limits]`", Limits),
        ("Settings file, `[policy]`", Policy),
        ("Tenant file", TenantFile),
        ("Tenant file, `[[people]]`", Person),
        ("Tenant file, `[[trusted_services]]`", TrustedService),
    ):
        yield f"## {title}\n\n| key | default |\n|---|---|"
        for one in msgspec.structs.fields(kind):
            yield f"| `{one.encode_name}` | {_default(one)} |"
        yield ""


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


def commands() -> Iterator[str]:
    """What each command says of itself."""
    yield "# Commands"
    for name in COMMANDS:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
            import_module(f"chaffinch.surfaces.cli.{name}").run(["--help"])
        yield f"\n## chaffinch {name}\n\n```text\n{said.getvalue().rstrip()}\n```"


PAGES = {
    "signals.md": signals,
    "rules.md": rules,
    "lists.md": lists,
    "settings.md": settings,
    "commands.md": commands,
}

if __name__ == "__main__":
    os.environ["COLUMNS"] = "90"
    sys.exit(main())
