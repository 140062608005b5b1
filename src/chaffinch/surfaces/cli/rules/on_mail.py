"""``chaffinch rules run``: which rules fire on which messages, and which could not tell."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Severity
from chaffinch.core.workers import spread
from chaffinch.detectors.finding import Judgement, Span, Undecided
from chaffinch.detectors.judge import Detectors, judge
from chaffinch.detectors.loading import read_folder, rule_files, rule_set
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import Locator, load, locate
from chaffinch.mql.recording import Recording, read_recording
from chaffinch.surfaces.cli.lacking import hint
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings, jobs
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.patience import COMPILING, said_if_long
from chaffinch.surfaces.cli.scanning import BATCH, batches
from chaffinch.surfaces.cli.table import printable

KINDS = ("rule", "dlp", "exclusion")
_CAUSES = 5

Batch: TypeAlias = tuple[Locator, ...]


class Fired(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is true of a message, and the texts that is read off."""

    rule: str
    title: str
    severity: Severity
    spans: tuple[Span, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message: the rules that fire, and those that could not tell with what they lacked."""

    path: str
    fired: tuple[Fired, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    error: str = ""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker needs: folders of rules, and how messages are to be read."""

    folders: tuple[str, ...]
    settings: Settings
    tenant: Tenant | None
    recording: str | None = None


class Judge:
    """Judges batches of messages with rules and an engine that it opens at first use."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._engine: Engine | None = None
        self.detectors = Detectors(())
        self.errors: tuple[str, ...] = ()
        self.recording: Recording | None = None

    def __call__(self, batch: Batch) -> list[Row]:
        """A row for each message."""
        engine = self.opened()
        return [self._row(engine, locator) for locator in batch]

    def __getstate__(self) -> Plan:
        return self._plan

    def __setstate__(self, plan: Plan) -> None:
        self.__init__(plan)  # type: ignore[misc]  # a worker's copy begins with nothing open

    def opened(self) -> Engine:
        """The engine, with the rules loaded."""
        if self._engine is None:
            plan = self._plan
            if plan.recording is not None:
                self.recording = read_recording(Path(plan.recording))
            self._engine = Engine.open(settings=plan.settings, tenant=plan.tenant, readonly=True)
            read = (
                one
                for folder in plan.folders
                for one in read_folder(Path(folder), self._engine.bundle.lists)
            )
            loaded = rule_set(read, ", ".join(plan.folders), KINDS)
            self.detectors, self.errors = Detectors(loaded.rules), loaded.errors
        return self._engine

    def close(self) -> None:
        """Let go of the engine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _row(self, engine: Engine, locator: Locator) -> Row:
        found = load(locator, engine.bundle.limits)
        if found.raw is None:
            return Row(path=found.path, error=found.error or "cannot be read")
        mail = Mail(
            raw=found.raw,
            received_at=found.received_at,
            tenant=self._plan.tenant,
            mbox_date=found.mbox_date,
            truncated_from=found.truncated_from,
        )
        try:
            judgement = judge(engine.measure(mail), self.detectors, self.recording)
        except Exception as error:  # noqa: BLE001 - one message must never stop the others
            return Row(path=found.path, error=f"internal error, please report it: {error!r}")
        return _row(found.path, judgement)


def run(arguments: Sequence[str]) -> int:
    """Judge and print."""
    options = options_parser().parse_args(arguments)
    folders, mail = _divided(options.paths)
    settings = msgspec.structs.replace(chosen_settings(options), own_rules=False, rules=())
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    plan = Plan(
        folders=tuple(folders), settings=settings, tenant=tenant, recording=options.recording
    )
    one = Judge(plan)
    try:
        with said_if_long(COMPILING):
            one.opened()
        for error in one.errors:
            print(f"chaffinch: rule left out: {error}", file=sys.stderr)
        located = locate(mail, settings.limits, sys.stdin.buffer)
        rows = spread(one, batches(located, BATCH), options.jobs, _crashed)
        _print((row for batch in rows for row in batch), options.format, len(one.detectors.rules))
    finally:
        one.close()
    return 0


def _divided(paths: list[str]) -> tuple[list[str], list[str]]:
    """Rules come first, then mail: the first path without rule files begins the mail."""
    at = next((index for index, path in enumerate(paths) if not _holds_rules(path)), len(paths))
    if not at:
        raise UsageError(f"{paths[0]}: no rule files there; name folders of rules, then mail")
    if at == len(paths):
        raise UsageError("name the mail after the rules")
    return paths[:at], paths[at:]


def _holds_rules(path: str) -> bool:
    where = Path(path)
    is_rule = where.suffix in (".yml", ".yaml") if where.is_file() else where.is_dir()
    return is_rule and any(True for _ in rule_files(where))


def _row(path: str, judgement: Judgement) -> Row:
    fired = tuple(
        Fired(rule=one.detector, title=one.title, severity=one.severity, spans=one.spans)
        for one in judgement.findings
    )
    return Row(path=path, fired=fired, undecided=judgement.undecided)


def _print(rows: Iterator[Row], form: str, rules_count: int) -> None:
    fired: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    count = 0
    for row in rows:
        count += not row.error
        fired.update(one.rule for one in row.fired)
        undecided.update(cause for one in row.undecided for cause in one.missing)
        if form == "jsonl":
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
        else:
            for line in _lines(row):
                print(printable(line))
    if not count:
        raise UsageError("no message could be read")
    if form == "text":
        times = counted(sum(fired.values()), "time")
        print(f"{counted(rules_count, 'rule')}, {counted(count, 'message')}, {times} fired")
        for cause, often in undecided.most_common(_CAUSES):
            print(f"{often:8} times undecided: {hint(cause)}")


def _lines(row: Row) -> Iterator[str]:
    yield f"{row.path}: {row.error or _counts(row)}"
    for fired in row.fired:
        yield f"  fires: {fired.rule} [{fired.severity}] {fired.title}"
    for undecided in row.undecided:
        yield f"  undecided: {undecided.detector}: lacks {', '.join(undecided.missing)}"


def _counts(row: Row) -> str:
    return f"{len(row.fired)} fire, {len(row.undecided)} undecided"


def _crashed(batch: Batch) -> list[Row]:
    return [
        Row(path=one.path, error="the process that read this message died of it") for one in batch
    ]


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch rules run",
        usage="%(prog)s DIR [DIR ...] MAIL [MAIL ...] [OPTION ...]",
        description="Run rule files (rules, DLP rules and exclusions) on messages and say for each "
        "which fire and which could not tell. Folders of rules come first; mail is whatever a scan "
        "reads. Nothing is decided or recorded.",
    )
    parser.add_argument(
        "paths", metavar="DIR... MAIL...", nargs="+", help="folders or files of rules, then mail"
    )
    add_engine_options(parser, with_rules=False)
    parser.add_argument(
        "--recording", metavar="FILE", help="recorded answers, used before anybody is asked"
    )
    add_format(parser, "text", "jsonl")
    parser.add_argument(
        "--jobs", type=jobs, default=1, metavar="N", help="processes; rows are equal for any number"
    )
    return parser
