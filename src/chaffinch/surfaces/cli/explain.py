"""``chaffinch explain``: why a message was decided as it was, in a sentence and in parts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chaffinch.core.errors import UsageError
from chaffinch.decision.decision import Decision
from chaffinch.decision.entry import Entry
from chaffinch.decision.sentence import sentence
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.message.sources import find
from chaffinch.surfaces.cli.options import add_engine_options, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console

MESSAGES_EXPLAINED = 20


def run(arguments: Sequence[str]) -> int:
    """Explain each entry or file."""
    options = _options().parse_args(arguments)
    out = console()
    settings = chosen_settings(options)
    with Engine.open(settings=settings, readonly=True) as engine:
        for path, entry in _entries(engine, options.what, settings):
            _explain(out, path, entry)
    return 0


def _entries(engine: Engine, what: str, settings: Settings) -> Iterator[tuple[str, Entry]]:
    if not Path(what).exists():
        yield what, _recorded(engine, what, settings)
        return
    for number, found in enumerate(find([what], settings.limits)):
        if number == MESSAGES_EXPLAINED:
            raise UsageError(
                f"{what} holds more than {MESSAGES_EXPLAINED} messages; scan it instead"
            )
        if found.raw is None:
            raise UsageError(f"{found.path}: {found.error}")
        mail = Mail(
            raw=found.raw,
            received_at=found.received_at,
            mbox_date=found.mbox_date,
            truncated_from=found.truncated_from,
        )
        yield found.path, engine.consider(mail)


def _recorded(engine: Engine, entry_id: str, settings: Settings) -> Entry:
    entry = engine.find(entry_id) if entry_id.isalnum() else None
    if entry is not None:
        return entry
    if settings.state is None:
        raise UsageError(f"{entry_id}: no such file; to explain a recorded entry add --state DIR")
    raise UsageError(f"{entry_id}: neither a file nor an entry in {settings.state}")


def _explain(out: Console, path: str, entry: Entry) -> None:
    decision = entry.decision
    out.print(f"[bold]{escape(path)}[/bold]")
    about = entry.about
    out.print(escape(f"  {about.sender_name} <{about.sender}>: {about.subject}"))
    out.print(escape(sentence(decision)), style="bold")
    out.print(_parts(decision))
    for line in _details(decision):
        out.print(escape(line))
    out.print()


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


def _details(decision: Decision) -> Iterator[str]:
    for finding in decision.findings:
        yield f"• {finding.title} [{finding.severity}, {finding.detector}, {finding.origin}]"
        for name, value in finding.signals.items():
            yield f"    {name} = {value}"
        for span in finding.spans:
            yield f"    {span.field}[{span.start}:{span.end}] “{' '.join(span.text.split())}”"
    for one in decision.undecided:
        yield f"? {one.detector} undecided: missing {', '.join(one.missing)}"
    for assumption in decision.assumptions:
        yield f"~ assumed: {assumption}"
    for defect in decision.defects:
        yield f"! defect: {defect}"
    yield f"entry {decision.id}"


def _options() -> Parser:
    parser = Parser(
        prog="chaffinch explain",
        description="Say why: a sentence, the parts that sum to the score, what they rest on.",
    )
    parser.add_argument("what", metavar="ENTRY-ID|FILE")
    add_engine_options(parser)
    return parser
