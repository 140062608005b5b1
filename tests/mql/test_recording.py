"""Recordings: what was answered is replayed to the letter, and nothing else is believed."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from tests.mql.expressions import Author
from tests.mql.invented import Invented, Inventor

from chaffinch.core.errors import RecordingError
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.digest import question_digest
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.functions.declare import FUNCTIONS
from chaffinch.mql.functions.patterns import encodable
from chaffinch.mql.grammar import parse as parse_rule
from chaffinch.mql.recorded import Recorded
from chaffinch.mql.recorder import Journal, Recorder, answer_line
from chaffinch.mql.recording import Recording, read_recording
from chaffinch.mql.results import LanguageOpinion, Opinion, SenderProfile, Vip, Whois
from chaffinch.mql.values import Unknown, unknown

OUTSIDE = sorted(name for name, function in FUNCTIONS.items() if function.body is None)
MAILS = Path(__file__).parent / "mails"


def recording_of(*lines: str | bytes) -> Recording:
    recording = Recording()
    for line in lines:
        recording.add(line.encode() if isinstance(line, str) else line)
    return recording


def replayed(recording: Recording, message: str = "m") -> Recorded:
    return Recorded(recording, message, NoCapabilities())


@pytest.mark.parametrize("name", OUTSIDE)
def test_every_answer_of_every_function_comes_back_as_it_was(name: str) -> None:
    shape = FUNCTIONS[name].result
    for seed in range(60):
        answer = Inventor(random.Random(seed), 0.25).value(shape)
        line = msgspec.json.encode(answer_line("m", name, "q", answer))
        found = recording_of(line).answer("m", name, "q")
        assert found is not None
        assert found.value == _without_surrogates(answer)
        assert type(found.value) is type(answer)


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, tuple):
        return tuple(map(_without_surrogates, value))
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        return type(value)(**{name: _without_surrogates(one) for name, one in fields.items()})
    return value


def test_a_replay_decides_every_rule_as_the_live_run_did() -> None:
    lines: list[bytes] = []
    journal = Journal(lines.append)
    messages = [parse_mail(path.read_bytes()) for path in sorted(MAILS.glob("*.eml"))]
    runs = []
    for seed in range(600):
        message = messages[seed % len(messages)]
        name = f"{message.content_id}/{seed}"
        live = Recorder(Invented(seed, 0.2), name, journal)
        rule = Author(seed).rule()
        runs.append((rule, message, name, evaluate(rule, message, live).value))
    recording = recording_of(*lines)
    for rule, message, name, value in runs:
        again = evaluate(rule, message, replayed_signals(recording, name)).value
        assert again == value
    assert sum(isinstance(value, Unknown) for *_, value in runs) > 10
    assert len(lines) > 200


def replayed_signals(recording: Recording, name: str) -> Recorded:
    return Recorded(recording, name, NoCapabilities())


class Live(NoCapabilities):
    """Counts what it is asked."""

    def __init__(self, **lists: frozenset[str] | tuple[object, ...]) -> None:
        self.asked: list[str] = []
        self.lists = lists

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        self.asked.append(function)
        return SenderProfile(prevalence="new", days_known=3, solicited=unknown("profiles"))

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        return self.lists.get(name)


def test_the_live_provider_is_asked_once_and_seen_as_it_will_be_read() -> None:
    live, lines = Live(), list[bytes]()
    recorder = Recorder(live, "m", Journal(lines.append))
    first = recorder.call("profile.by_sender", (), {})
    assert recorder.call("profile.by_sender", (), {}) == first
    assert live.asked == ["profile.by_sender"]
    assert isinstance(first, SenderProfile)
    assert isinstance(first.days_known, float)  # declared so, and so it will be read
    assert replayed(recording_of(*lines)).call("profile.by_sender", (), {}) == first


def test_an_answer_of_the_wrong_type_is_refused() -> None:
    recorder = Recorder(Live(), "m", Journal(lambda _: None))
    with pytest.raises(RecordingError, match=r"network.whois: answer.*unknown field"):
        recorder.call("network.whois", (), {})


def test_what_was_not_recorded_is_unknown() -> None:
    capabilities = replayed(Recording())
    assert capabilities.call("ml.logo_detect", (), {}) == unknown("ml.logo_detect")
    assert capabilities.reference_list("tranco_1m") is None
    assert capabilities.signal("x") == unknown("signals.x")


def test_the_most_particular_line_answers() -> None:
    recording = recording_of(
        '{"function":"network.whois","answer":{"days_old":1}}',
        '{"function":"network.whois","arguments":"q","answer":{"days_old":2}}',
        '{"message":"m","function":"network.whois","answer":{"days_old":3}}',
        '{"message":"m","function":"network.whois","arguments":"q","answer":{"days_old":4}}',
        '{"message":"n","function":"network.whois","answer":null}',
        '{"message":"o","function":"network.whois","unknown":["offline"]}',
    )
    asked = [("x", "x"), ("x", "q"), ("m", "x"), ("m", "q"), ("n", "q"), ("o", "q")]
    found = [recording.answer(message, "network.whois", what) for message, what in asked]
    whois = [Whois(days_old=days) for days in (1, 2, 3, 4)]
    assert [one.value for one in found if one] == [*whois, None, unknown("offline")]


def test_lists_are_written_once_and_apart_where_a_message_sees_others() -> None:
    lines: list[bytes] = []
    journal = Journal(lines.append)
    vips = (Vip(display_name="Ada", email="ada@acme.example"),)
    seeing: list[tuple[str, dict[str, frozenset[str] | tuple[object, ...]]]] = [
        ("a", {"few": frozenset({"x", "y"}), "org_vips": vips}),
        ("b", {"few": frozenset({"y", "x"})}),
        ("c", {"few": frozenset({"z"})}),
        ("d", {}),
    ]
    for message, lists in seeing:
        recorder = Recorder(Live(**lists), message, journal)
        for name in ("few", "org_vips", "few"):
            recorder.reference_list(name)
    assert len(lines) == 1 + 2 + 1 + 2 + 2
    recording = recording_of(*lines)
    seen = {name: replayed(recording, name).reference_list("few") for name in "abcd"}
    both = frozenset({"x", "y"})
    assert seen == {"a": both, "b": both, "c": frozenset({"z"}), "d": None}
    assert replayed(recording, "a").reference_list("org_vips") == vips
    assert replayed(recording, "d").reference_list("org_vips") is None


def test_one_entry_of_a_list_is_asked_for_once_and_replayed() -> None:
    class History(NoCapabilities):
        asked = 0

        def is_listed(self, name: str, text: str) -> bool | Unknown:
            self.asked += 1
            return unknown("profiles") if text == "who" else text == "ada"

    live, lines = History(), list[bytes]()
    recorder = Recorder(live, "m", Journal(lines.append))
    texts = ["ada", "eve", "who", "ada", "\ud800", "?"]
    seen = [recorder.is_listed("people", text) for text in texts]
    assert seen == [True, False, unknown("profiles"), True, False, False]
    assert live.asked == 4
    again = replayed(recording_of(*lines))
    assert [again.is_listed("people", text) for text in texts] == seen
    assert again.is_listed("people", "bob") == unknown("$people")
    with pytest.raises(RecordingError, match="whether it is listed"):
        recording_of('{"list":"people","text":"ada"}')


def test_a_page_is_known_by_its_source() -> None:
    selected = evaluate(
        parse_rule("html.xpath(strings.parse_html('<p>a<b>x</b></p>'), '//b').nodes[0]"),
        None,
        NoCapabilities(),
    ).value
    written = evaluate(parse_rule("strings.parse_html('<b>x</b>')"), None, NoCapabilities()).value
    assert question_digest((selected,), {}) == question_digest((written,), {})
    assert question_digest((selected,), {}) != question_digest(("<b>x</b>",), {})
    assert question_digest(("\ud800",), {}) != question_digest(("?",), {})


def test_the_same_answers_make_the_same_bytes() -> None:
    answer = LanguageOpinion(
        intents=(Opinion(name="bec", confidence=unknown("a", "b", "c", "d")),), tags=unknown("e")
    )
    line = msgspec.json.encode(answer_line("m", "ml.nlu_classifier", "q", answer))
    assert json.loads(line)["answer"]["intents"][0]["confidence"] == {"causes": list("abcd")}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "truncated"),
        ("[]", "expected a table, got a list"),
        ("{}", "a line has one of schema, function and list"),
        ('{"schema":1,"function":"beta.ocr","list":"x"}', "a line has one of"),
        ('{"schema":2}', "schema 2 is not the 1 this version reads"),
        ('{"functon":"beta.ocr"}', "unknown field `functon`"),
        ('{"function":"beta.ocr"}', "has an answer, or the causes"),
        ('{"function":"beta.ocrr","answer":null}', "did you mean `beta.ocr`"),
        ('{"function":"strings.contains","answer":true}', "nobody outside answers"),
        ('{"function":"beta.ocr","answer":{"txt":""}}', "beta.ocr: answer: object contains"),
        ('{"function":"beta.ocr","answer":{"text":5}}', "beta.ocr: answer.text: expected"),
        (
            '{"function":"file.explode","answer":[{"scan":{"url":{"urls":[{"url":"x","a":1}]}}}]}',
            r"file.explode: answer\[0\].scan.url.urls\[0\]: object contains unknown field `a`",
        ),
        ('{"function":"beta.ocr","answer":{"text":{"causes":[],"x":1}}}', "unknown field `x`"),
        ('{"list":"x"}', "a list's line has entries"),
        ('{"list":"x","entries":[1]}', r"\$x: entries\[0\]: expected a text"),
        ('{"list":"org_vips","entries":["x"]}', r"\$org_vips: entries\[0\]: expected a table"),
        ('{"function":"beta.ocr","answer":{"text":"\\ud800"}}', "truncated"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(line: str, reason: str) -> None:
    with pytest.raises(RecordingError, match=reason):
        recording_of(line)


def test_a_file_names_itself_and_the_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"schema":1}\n\n{"function":"beta.ocr","answer":{"text":5}}\n')
    with pytest.raises(RecordingError, match=r"answers.jsonl:3: beta.ocr: answer.text: expected"):
        read_recording(path)
    with pytest.raises(RecordingError, match="cannot be read"):
        read_recording(tmp_path / "nowhere.jsonl")


@pytest.mark.parametrize("data", [b"\xff", b'{"function":"\xff"}', b"null", b"1e999", b'"x"'])
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(RecordingError):
        Recording().add(data)
