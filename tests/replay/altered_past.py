"""Decisions made with answers, envelopes and a history, of which something is then altered."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant, TrustedService
from chaffinch.core.vocabulary import Cause
from chaffinch.decision.entry import Entry
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.message.model import Envelope
from chaffinch.profiles.row import Row, RowView
from chaffinch.replay.again import Inputs, inputs_of, recomputed
from chaffinch.replay.as_then import AsThen, Replayed, differences

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
JANE, KIM = "jane@acme.example", "kim@acme.example"
POST = TrustedService(
    name="post", domains=("post.example",), silences=(Cause.REQUEST,), may_send=()
)
ACME = Tenant(
    name="acme",
    domains=("acme.example",),
    boundary=("mx1.acme.example",),
    trusted_services=(POST,),
)
LIST = "tranco_1m"
RULES = {
    "theft": 'any(ml.nlu_classifier(body.current_thread.text).intents, .name == "cred_theft")',
    "sure": 'any(ml.nlu_classifier(body.current_thread.text).intents, .confidence == "high")',
    "young": "network.whois(sender.email.domain).days_old < 30",
    "known": "any(body.links, .href_url.domain.root_domain in $tranco_1m)",
    "never": 'sender.email.domain.domain == "nowhere.example" and profile.by_sender().solicited',
}
# Of each question the answers that some rule tells apart; of the last nobody asks.
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "ml.nlu_classifier": (
        '{"function":"ml.nlu_classifier","unknown":["a model that is late"]}',
        *(
            f'{{"function":"ml.nlu_classifier","answer":{{"intents":[{{"name":"{name}",'
            f'"confidence":"{sure}"}}]}}}}'
            for name in ("cred_theft", "benign")
            for sure in ("high", "low")
        ),
    ),
    "network.whois": tuple(
        f'{{"function":"network.whois","answer":{{"found":true,"days_old":{days}}}}}'
        for days in (3, 4_000)
    ),
    LIST: tuple(f'{{"list":"{LIST}","entries":[{names}]}}' for names in ('"pay.example"', "")),
    "profile.by_sender": tuple(
        f'{{"function":"profile.by_sender","answer":{{"solicited":{word}}}}}'
        for word in ("true", "false")
    ),
}
UNKNOWN = {
    name: f'{{"list":"{name}","entries":null}}'
    if name == LIST
    else f'{{"function":"{name}","unknown":["a guard"]}}'
    for name in ANSWERS
}


def letter(number: int, sender: str, text: str) -> bytes:
    return (
        "Authentication-Results: mx1.acme.example; spf=pass smtp.mailfrom=x@partner0.example\n"
        "Received: from out.example (out.example [192.0.2.9])\n"
        "\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000\n"
        f"From: {sender}\nTo: {JANE}\nSubject: password {number}\n"
        f"Message-ID: <{number}@x.example>\n\n{text} {number}\n"
    ).encode()


def mails() -> Iterator[Mail]:
    """Sixty of correspondents, then some with all that a caller and providers may say."""
    for number in range(60):
        raw = letter(number, f"Bob <bob@partner{number % 3}.example>", "Minutes of meeting")
        at = NOON + timedelta(hours=4 * number)
        yield Mail(raw=raw, received_at=at, recipients=(JANE,))
    envelope = Envelope(
        mail_from="bounce@evil.example",
        recipients=(KIM,),
        mailbox="len@acme.example",
        provider_id="7",
        client_ip="192.0.2.1",
        helo="out.evil.example",
    )
    text = "Your mailbox password expires today. Sign in: http://www.pay.example/login"
    for number, answers in enumerate(zip(*(one * 5 for one in ANSWERS.values()), strict=False)):
        sender = ("Eve <eve@evil.example>", "Bob <bob@partner0.example>")[number % 2]
        yield Mail(
            raw=letter(100 + number, sender, text),
            received_at=NOON + timedelta(days=11, hours=number),
            mbox_date=NOON + timedelta(days=12),
            envelope=envelope if number % 3 else None,
            recipients=(JANE,) if number % 3 == 0 else (),
            answers=answers[: 4 if number < 4 else 2],
        )


class Past:
    """What an engine decided, with the messages."""

    def __init__(self, engine: Engine) -> None:
        self.bundle = engine.bundle
        self.digests = engine.digests("acme")
        self.kept: list[tuple[Entry, bytes]] = []
        for mail in mails():
            entry = engine.consider(mail)
            engine.record([entry], learn=True)
            found = engine.find(entry.id)
            assert found is not None
            self.kept.append((found, mail.raw))
        self.late = self.kept[58:]

    def replay(self, entry: Entry, raw: bytes | None) -> Replayed:
        return AsThen(self.bundle, ACME).replay(entry, raw, self.digests)

    def inputs(self, entry: Entry, raw: bytes) -> Inputs:
        return inputs_of(entry, raw, ACME, self.digests)

    def is_as_before(self, entry: Entry, inputs: Inputs) -> bool:
        """Whether other inputs come to all that is on record, but for the inputs themselves."""
        again = recomputed(inputs, self.bundle, entry.decision.scope)
        assert again is not None
        beside = {"told": entry.told, "as_of": entry.as_of, "supersedes": entry.supersedes}
        return not list(differences(entry, replace(again, **beside)))


@contextmanager
def past_in(folder: Path) -> Iterator[Past]:
    """A past in a folder, with rules that ask others."""
    (folder / "rules").mkdir()
    for name, source in RULES.items():
        text = msgspec.json.encode({"name": name, "type": "rule", "severity": "low"})
        document = {**msgspec.json.decode(text), "source": source}
        (folder / "rules" / f"{name}.yml").write_bytes(msgspec.yaml.encode(document))
    wanted = Settings(rules=(str(folder / "rules"),))
    with Engine.open(folder / "state", settings=wanted, tenant=ACME) as engine:
        assert not engine.bundle.errors
        yield Past(engine)


class Read(Exception):  # noqa: N818 - it is no error
    """What was not to be read was."""


class GuardedRow(Row, frozen=True):
    """A row that tells when anything in it is read; that it is there may be known."""

    def before(self, at: int) -> RowView:
        """A view is made of every row; it reads nothing until it is asked."""
        return RowView(self, at)

    def __getattribute__(self, name: str) -> object:
        if name in Row.__struct_fields__:
            raise Read(name)
        return super().__getattribute__(name)


def without(whole: Any, name: str) -> Any:
    """The same value with a field that tells when it is read."""
    kind: Any = type(whole)

    def guarded(self: object, asked: str) -> object:
        if asked == name:
            raise Read(name)
        return object.__getattribute__(self, asked)

    meta: Any = type(kind)
    made = meta("Guarded", (kind,), {"__getattribute__": guarded}, frozen=True)
    return made(**msgspec.structs.asdict(whole))
