"""``chaffinch explain``: why a message was decided as it was, in a sentence and in parts."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chaffinch.core.errors import UsageError
from chaffinch.decision.counterfactual.counterfactual import Counterfactual
from chaffinch.decision.decision import Decision
from chaffinch.decision.entry import Digest, Entry
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.surfaces.cli.lacking import lacking, reach
from chaffinch.surfaces.cli.options import add_engine_options, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.pick import pick
from chaffinch.surfaces.cli.rests import rests_lines
from chaffinch.surfaces.cli.scanning import mail_of
from chaffinch.surfaces.cli.signal_list import all_lines, shown, signal_lines
from chaffinch.surfaces.cli.table import console, printable


class Explained(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What there is to say of one message."""

    path: str
    decision: Decision
    counterfactual: Counterfactual | None = None


def run(arguments: Sequence[str]) -> int:
    """Explain one entry or one message."""
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    with Engine.open(settings=settings, tenant=tenant, readonly=True) as engine:
        found = pick(options.what, settings.limits)
        if found is None:
            path, mail = options.what, None
            entries: Sequence[Entry] = [_recorded(engine, options.what, settings)]
        else:
            mail = mail_of(found, tenant)
            path, entries = found.path, engine.consider_each(mail)
        for entry in entries:
            rests = _rests(engine, mail, entry) if options.counterfactual else None
            if options.format == "json":
                told = Explained(path=path, decision=entry.decision, counterfactual=rests)
                sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
            else:
                _show(path, entry, _more(options, engine, mail, entry, rests))
    return 0


def _show(path: str, entry: Entry, more: Iterable[str]) -> None:
    out = console()
    _explain(out, path, entry)
    for line in more:
        out.print(escape(printable(line)), soft_wrap=True)


def _rests(engine: Engine, mail: Mail | None, entry: Entry) -> Counterfactual:
    if mail is not None:
        return engine.rests_on(mail, entry.decision.scope)
    if entry.erased_at is not None:
        raise UsageError(f"{entry.id}: what it rested on was erased")
    found = engine.rests_on_record(entry)
    if found is None:
        raise UsageError(
            f"{entry.id}: its findings come to another score now: allow entries decided, or the "
            "policy or the tenant file is another; name its file instead"
        )
    return found


def _more(
    options: argparse.Namespace,
    engine: Engine,
    mail: Mail | None,
    entry: Entry,
    rests: Counterfactual | None,
) -> Iterator[str]:
    """What was asked for beside the decision."""
    if mail is not None and entry.decision.undecided:
        found = engine.could_become(mail).get(entry.decision.scope)
        if found is not None and entry.decision.incomplete is None:
            yield f"? if nothing were missing here: {reach(found)}"
    if rests is not None:
        yield from rests_lines(rests)
    if options.signals:
        digests = engine.digests(entry.decision.tenant)
        others = all_lines(mail, entry, engine.bundle, digests) if mail else {}
        yield from signal_lines(entry, others)


def _recorded(engine: Engine, entry_id: str, settings: Settings) -> Entry:
    entry = engine.find(entry_id) if entry_id.isalnum() else None
    if entry is not None:
        return entry
    if settings.state is None:
        raise UsageError(f"{entry_id}: no such file; to explain a recorded entry add --state DIR")
    raise UsageError(f"{entry_id}: neither a file nor an entry in {settings.state}")


def _explain(out: Console, path: str, entry: Entry) -> None:
    decision = entry.decision
    out.print(f"[bold]{escape(printable(path))}[/bold]")
    out.print(escape(printable(f"  {_from(entry.about)}: {entry.about.subject}")))
    if decision.scope != ORGANISATION:
        out.print(escape(printable(f"  for {decision.scope}")))
    out.print(escape(decision.why), style="bold")
    out.print(_parts(decision))
    if decision.graymail:
        out.print(_graymail(decision))
    for line in _details(decision):
        out.print(escape(printable(line)))
    out.print()


def _from(about: Digest) -> str:
    address = f"<{about.sender}>" if about.sender else "(no sender)"
    return f"{about.sender_name} {address}" if about.sender_name else address


def _parts(decision: Decision) -> Table:
    table = Table("part", "why")
    table.add_column("milli-nats", justify="right")
    for part in decision.attribution:
        table.add_row(escape(part.part), escape(part.why), f"{part.log_odds:+d}")
    table.add_section()
    meaning = f"probability {decision.score:.4f}" + (
        "" if decision.calibrated else ", not calibrated"
    )
    table.add_row(
        "sum", f"{decision.verdict} → {decision.action} ({meaning})", f"{decision.log_odds:+d}"
    )
    return table


def _graymail(decision: Decision) -> Table:
    """The parts of the other score: how surely it is bulk mail."""
    table = Table("graymail part", "why")
    table.add_column("milli-nats", justify="right")
    for part in decision.graymail:
        table.add_row(escape(part.part), escape(part.why), f"{part.log_odds:+d}")
    table.add_section()
    table.add_row("sum", "", f"{decision.graymail_log_odds:+d}")
    return table


def _details(decision: Decision) -> Iterator[str]:
    if decision.incomplete is not None:
        yield f"? waits for {', '.join(decision.incomplete.missing)}: {reach(decision.incomplete)}"
    if decision.account is not None:
        why = "; ".join(decision.account.why)
        yield f"! account case: {decision.account.account} sent it, proven by SPF or DKIM: {why}"
    for finding in decision.findings:
        yield f"• {finding.title} [{finding.severity}, {finding.detector}, {finding.origin}]"
        for name, value in finding.signals.items():
            yield f"    {name} = {shown(value)}"
        for span in finding.spans:
            yield f"    {span.field}[{span.start}:{span.end}] “{' '.join(span.text.split())}”"
    yield from lacking(decision.undecided)
    for assumption in decision.assumptions:
        yield f"~ assumed: {assumption}"
    for defect in decision.defects:
        yield f"! defect: {defect}"
    yield f"entry {decision.id}"


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch explain",
        description="Say why: a sentence, the parts that sum to the score, what they rest on.",
    )
    parser.add_argument(
        "what", metavar="ENTRY-ID|FILE",
        help="an id a scan recorded, or a message as a scan shows it: letter.eml, box.mbox#3, "
        "archive.zip!letter.eml",
    )  # fmt: skip
    parser.add_argument(
        "--signals", action="store_true",
        help="print every signal of the message too, or what it lacks",
    )  # fmt: skip
    parser.add_argument(
        "--counterfactual", action="store_true",
        help="also the fewest facts without which the verdict were another, and the fewest that "
        "suffice for it",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("text", "json"), default="text",
        help="json: the decision, and the counterfactual where asked for",
    )  # fmt: skip
    add_engine_options(parser)
    return parser
