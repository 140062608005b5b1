"""Where rules or settings are others now, the evidence on record is weighed: all that counts."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.replay.altered_past import ACME, Past, Read, past_in, without

from chaffinch.core.vocabulary import Cause, Permission, Severity
from chaffinch.decision.brake import AWAITED as BRAKE_AWAITS
from chaffinch.decision.brake import CREDENTIAL_TALK, LINKS, VOIDING
from chaffinch.decision.circumstances import Circumstances, Kept, circumstances, sender_of
from chaffinch.decision.entry import Entry
from chaffinch.decision.on_record import NOT_ON_RECORD
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.detectors.finding import Finding, Judgement, Labels, Undecided
from chaffinch.engine.journey import judged
from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured
from chaffinch.signals.evidence import Evidence


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    with past_in(tmp_path_factory.mktemp("altered")) as made:
        yield made


VALUES: tuple[Measured, ...] = (True, False, None, 0, 3, Unknown(frozenset({"x"})))
PROVEN = "sender.authentication.is_authenticated"
OF_POLICY = (*BRAKE_AWAITS, *VOIDING, *CREDENTIAL_TALK, LINKS, PROVEN)


class Live:
    """The evidence of a message measured again, as far as its entry has it, one fact another."""

    def __init__(self, entry: Entry, evidence: Evidence, **other: Measured) -> None:
        self.tenant = ACME
        self.circumstances = circumstances(evidence)
        self.sender = sender_of(evidence)
        self.read: set[str] = set()
        self._on_record = {*entry.signals, *entry.unmeasured}
        self._evidence, self._other = evidence, other

    def __getitem__(self, name: str) -> Measured:
        self.read.add(name)
        if name in self._other:
            return self._other[name]
        return self._evidence[name] if name in self._on_record else NOT_ON_RECORD


def weighed(past: Past, entry: Entry, kept: Kept) -> Opinion:
    judgement = Judgement(entry.decision.findings, entry.decision.undecided)
    return weigh(judgement, kept, past.bundle.policy, (), entry.decision.scope)


def on_record(past: Past, entry: Entry) -> Opinion:
    """What replay makes of an entry whose message is not at hand."""
    again = past.replay(entry, None).now
    assert again is not None
    return Opinion(**{name: getattr(again, name) for name in Opinion.__struct_fields__})


GRAVE = tuple(
    Finding(
        detector=cause,
        title="g",
        origin="t",
        severity=Severity.CRITICAL,
        labels=Labels(cause=cause),
    )
    for cause in (Cause.REQUEST, Cause.LINK)
)
WROTE = "sender.history.was_written_to"
AWAITED: dict[str, Measured] = {PROVEN: True, WROTE: True}  # so that the brake asks for more
QUIET = AWAITED | dict.fromkeys((*VOIDING, *CREDENTIAL_TALK, LINKS), False)  # and finds nothing


@settings(max_examples=300)
@given(st.data())
def test_altered_signals_on_record_are_weighed_as_if_they_had_been_measured(
    past: Past, data: st.DataObject
) -> None:
    entry, raw = data.draw(st.sampled_from(past.late), "entry")
    if data.draw(st.booleans(), "grave"):
        entry = replace(entry, decision=replace(entry.decision, findings=GRAVE))
    names = st.sampled_from(OF_POLICY) | st.sampled_from(sorted(entry.signals))
    some = st.dictionaries(names, st.sampled_from(VALUES), min_size=1, max_size=3)
    name, *_ = other = data.draw(some, "signals")
    other = data.draw(st.sampled_from([{}, AWAITED, QUIET]), "beside") | other
    inputs = past.inputs(entry, raw)
    live = Live(entry, judged(inputs.mail, past.bundle, inputs).evidence, **other)
    now = on_record(past, with_signals(entry, other))
    assert now == weighed(past, entry, live)
    if name not in live.read:
        del other[name]
        assert now == on_record(past, with_signals(entry, other))


def with_signals(entry: Entry, other: Mapping[str, Measured]) -> Entry:
    """The entry with other values of signals, measured or not."""
    kept = {key: one for key, one in entry.signals.items() if key not in other}
    lacking = {key: one for key, one in entry.unmeasured.items() if key not in other}
    for key, value in other.items():
        if isinstance(value, Unknown):
            lacking[key] = tuple(sorted(value.causes))
        else:
            kept[key] = value
    return replace(entry, signals=kept, unmeasured=lacking)


SERVED = Circumstances(service="post")


@pytest.mark.parametrize("name", Circumstances.__struct_fields__)
def test_each_altered_circumstance_on_record_counts_where_it_is_read(past: Past, name: str) -> None:
    others: dict[str, list[object]] = {
        "service": [None, "post"],
        "simulation": [None, "drill"],
        "beyond": [(), (Permission.FOREIGN_LINK,)],
    }
    seen = 0
    for entry, _ in past.late:
        proven = {**entry.signals, PROVEN: True}
        for told, signals in ((SERVED, entry.signals), (entry.circumstances, proven)):
            given_ = replace(entry, circumstances=told, signals=signals)
            before = on_record(past, given_)
            guarded = replace(given_, circumstances=without(told, name))
            try:
                is_read = on_record(past, guarded) != before
            except Read:
                is_read = True
            for value in others.get(name, [True, False]):
                altered = replace(given_, circumstances=replace(told, **{name: value}))
                is_seen = on_record(past, altered) != before
                assert is_read or not is_seen
                seen += is_seen
    assert seen


@settings(max_examples=60)
@given(st.data())
def test_findings_on_record_and_what_rules_could_not_tell_count(
    past: Past, data: st.DataObject
) -> None:
    entry, _ = data.draw(st.sampled_from([one for one in past.late if one[0].decision.findings]))
    decision, what = entry.decision, data.draw(st.sampled_from(["gone", "severity", "undecided"]))
    one = data.draw(st.sampled_from(decision.findings), "finding")
    rest = tuple(other for other in decision.findings if other != one)
    if what == "undecided":
        more = Undecided(detector="x", missing=("a model",))
        altered = replace(decision, undecided=(*decision.undecided, more))
    elif what == "gone":
        altered = replace(decision, findings=rest)
    else:
        kinds = [kind for kind in Severity if kind is not one.severity]
        severity = data.draw(st.sampled_from(kinds), "severity")
        labels = replace(one.labels, certainty=None)
        assume(one.labels.certainty is not severity)
        altered = replace(
            decision, findings=(*rest, replace(one, severity=severity, labels=labels))
        )
    assert on_record(past, replace(entry, decision=altered)) != on_record(past, entry)
