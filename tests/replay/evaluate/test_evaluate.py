"""Outcomes against labels: every count is right, whatever the order and the grouping."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import UsageError
from chaffinch.core.limits import DEFAULT_LIMITS
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.message.mime import top_block
from chaffinch.message.parse import parse
from chaffinch.replay.evaluate.campaigns import campaigns
from chaffinch.replay.evaluate.figures import evaluation, is_flagged
from chaffinch.replay.evaluate.labelled import Truth, read_folder
from chaffinch.replay.evaluate.outcome import Fewest, Outcome
from chaffinch.replay.evaluate.transport import equalised, is_of_transport, reader_of
from chaffinch.surfaces.cli.main import main

truths = st.builds(
    Truth,
    corpus=st.sampled_from(["a", "b"]),
    path=st.text("xyz", min_size=1, max_size=3),
    is_unwanted=st.booleans(),
    kind=st.sampled_from(["", "k"]),
    case=st.sampled_from(["", "1", "2"]),
    axes=st.dictionaries(st.just("goal"), st.sampled_from(["payment", "data"])),
)
decided = st.builds(
    Outcome,
    truth=truths,
    verdict=st.sampled_from(Verdict),
    action=st.sampled_from(Action),
    axes=st.fixed_dictionaries({"goal": st.sampled_from(["payment", "none"])}),
    detectors=st.lists(st.sampled_from("pqr"), unique=True, max_size=2).map(tuple),
    campaign=st.lists(st.sampled_from(["t1", "t2", "t3", "s9"]), unique=True).map(tuple),
    probes=st.sampled_from([(), ("has Received and no List-Id",)]),
    fewest=st.none()
    | st.builds(
        Fewest, keep=st.integers(0, 6), flip=st.none() | st.integers(1, 6), is_proven=st.booleans()
    ),
)
many = st.lists(decided, max_size=30)


@given(many)
def test_every_message_is_counted_once(outcomes: list[Outcome]) -> None:
    found = evaluation(outcomes)
    unwanted = [one for one in outcomes if one.truth.is_unwanted]
    benign = [one for one in outcomes if not one.truth.is_unwanted]
    whole = found.by_message.quality
    assert (whole.recall.hits, whole.recall.total) == (
        sum(map(is_flagged, unwanted)),
        len(unwanted),
    )
    assert (whole.false_positives.hits, whole.false_positives.total) == (
        sum(map(is_flagged, benign)),
        len(benign),
    )
    assert whole.precision.total == sum(map(is_flagged, outcomes))
    for parts in (
        [one.quality.recall for one in found.corpora.values()],
        list(found.kinds.values()),
    ):
        assert sum(one.total for one in parts) == len(unwanted)
        assert sum(one.hits for one in parts) == whole.recall.hits
    assert sum(one.precision.total for one in found.verdicts.values()) == len(outcomes)
    for name, one in found.detectors.items():
        assert one.quality.recall.hits == sum(name in each.detectors for each in unwanted)
        assert one.quality.precision.total == sum(name in each.detectors for each in outcomes)
        assert one.alone_count == sum(each.detectors == (name,) for each in unwanted)


@given(many)
def test_how_few_facts_are_behind_it_is_counted_where_it_is_known(outcomes: list[Outcome]) -> None:
    found = evaluation(outcomes)
    known = [one.fewest for one in outcomes if one.fewest]
    few, turned = found.explained.by_few, found.explained.turned_by_few
    assert few.total == turned.total == len(known) == sum(found.explained.sufficient.values())
    assert few.hits == sum(one.keep <= 3 for one in known)
    assert turned.hits == sum(one.flip in {1, 2, 3} for one in known)
    assert found.explained.unproven_count == sum(not one.is_proven for one in known)
    for axis, words in found.called.items():
        flagged = [one for one in outcomes if is_flagged(one) and axis in one.axes]
        assert sum(one.total for one in words.values()) == len(flagged)
        assert sum(one.hits for one in words.values()) == sum(
            one.truth.is_unwanted for one in flagged
        )


@given(many, st.randoms(use_true_random=False))
def test_order_does_not_matter(outcomes: list[Outcome], chance: object) -> None:
    mixed = list(outcomes)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert evaluation(mixed) == evaluation(outcomes)


@given(many)
def test_campaigns_are_the_classes_of_what_shares_a_word(outcomes: list[Outcome]) -> None:
    def words(one: Outcome) -> set[object]:
        told: set[object] = {word for word in one.campaign if not word.startswith("s")}
        return told | ({(one.truth.corpus, one.truth.case)} if one.truth.case else set())

    groups = campaigns(outcomes)
    assert sorted(map(id, outcomes)) == sorted(id(one) for group in groups for one in group)
    for group in groups:
        assert len({one.truth.is_unwanted for one in group}) == 1
        reached, grown = [group[0]], True
        while grown:
            rest = [one for one in group if not any(one is each for each in reached)]
            more = [one for one in rest if any(words(one) & words(each) for each in reached)]
            reached, grown = [*reached, *more], bool(more)
        assert len(reached) == len(group)
    for number, group in enumerate(groups):
        for other in groups[number + 1 :]:
            if group[0].truth.is_unwanted == other[0].truth.is_unwanted:
                assert not any(words(one) & words(two) for one in group for two in other)


def test_a_campaign_is_caught_where_half_of_it_is() -> None:
    def one(verdict: Verdict) -> Outcome:
        truth = Truth(corpus="c", path="p", is_unwanted=True, case="1")
        return Outcome(truth=truth, verdict=verdict, action=Action.DELIVER)

    half = evaluation([one(Verdict.SPAM), one(Verdict.BENIGN)]).by_campaign.quality.recall
    less = evaluation([one(Verdict.SPAM), *[one(Verdict.BENIGN)] * 2]).by_campaign.quality.recall
    assert (half.hits, half.total, less.hits, less.total) == (1, 1, 0, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path\na.eml\n", "line 1: no column `label`"),
        ("path,label\na.eml,ham\nb.eml,wicked\n", 'line 3: label "wicked" is none of attack'),
        ('path,label,kind\na.eml,ham,"x\ny"\n\nb.eml,wicked,\n', 'line 5: label "wicked"'),
        ("path,label\na.eml,ham\n./a.eml,spam\n", r"line 3: \./a\.eml is labelled a second time"),
    ],
)
def test_wrong_labels_name_the_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(UsageError, match=said):
        read_folder(tmp_path)


def test_a_folder_without_labels_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="columns path and label"):
        read_folder(tmp_path)


FEE = """From: Barrister Cole <cole.sample@gmail.com>
To: Ben <ben@acme.example>
Subject: Inheritance
Date: Mon, 15 Jun 2026 08:58:00 +0000
Message-ID: <1@gmail.com>
List-Id: <x.example>

Dear Friend, I am a banker with an abandoned fund of eight million dollars of my late client.
You are the next of kin. If you are interested, contact me with your full name and address.
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    (tmp_path / "fee.eml").write_text(FEE)
    (tmp_path / "ham.eml").write_text(FEE.split("\n\n", maxsplit=1)[0] + "\n\nSee you at noon.\n")
    (tmp_path / "labels.csv").write_text(
        "path,label,kind,goal,role\nfee.eml,attack,fee,payment,main\nham.eml,benign,,,\n"
        "gone.eml,benign,,,\nx.eml,unknown,,,\ny.eml,attack,fee,,prelude\n"
    )
    return tmp_path


@pytest.mark.parametrize("more", [(), ("--learn",)])
def test_the_command_counts(
    labelled: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    assert main(["evaluate", str(labelled), "--equalise", "--format", "json", *more]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert (found["messages"], found["skipped"]) == (2, 2)
    assert [one["why"] for one in found["unreadable"]] == ["does not exist"]
    assert "gone.eml: does not exist" in said.err
    whole = found["evaluations"]["as it came"]["by_message"]["quality"]
    assert (whole["recall"]["hits"], whole["recall"]["total"]) == (1, 1)
    assert (whole["false_positives"]["hits"], whole["false_positives"]["total"]) == (0, 1)
    probes = {
        name: one["probes"]["has List-Unsubscribe"]["recall"]["total"]
        for name, one in found["evaluations"].items()
    }
    assert probes == {"as it came": 1, "transport equalised": 1}
    explained = found["evaluations"]["as it came"]["explained"]
    assert explained["by_few"]["total"] == sum(explained["sufficient"].values()) == 1
    goals = found["evaluations"]["as it came"]["axes"]["goal"]
    assert goals["payment"]["named_right"]["hits"] == 1


def test_the_tables_are_printed(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(labelled), "--probes", "--equalise"]) == 0
    said = capsys.readouterr().out
    for part in (
        "campaigns", "this engine", "transport equalised", "left out", "3 facts or fewer",
        "disruption: ",
    ):  # fmt: skip
        assert part in said


def test_rules_that_are_called_alike_are_one_detector(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = "name: Heirs\ntype: rule\nseverity: low\nsource: subject.subject == 'Inheritance'\n"
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "heirs.yml").write_text(rule)
    rules = ("--rules", str(tmp_path / "one"), str(tmp_path / "other"))
    capsys.readouterr()
    assert main(["evaluate", str(labelled), "--format", "json", *rules]) == 0
    (found,) = json.loads(capsys.readouterr().out)["evaluations"].values()
    recall = found["detectors"]["heirs"]["quality"]["recall"]
    assert recall["hits"] == 1 <= recall["total"]


fields = st.sampled_from(
    ["Received: by x", "received : a\n b", "List-Id: <l>", "To: a@b.example", "DKIM-Signature: d=x",
     "X-Original-To: a@b.example", "From x@y Mon Jan  1", "X-Note: n\n m"]
)  # fmt: skip


@given(
    st.lists(fields, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["{end}{end}Hi{end}", "{end}{end}", "{end}", ""]),
)
def test_no_line_of_transport_is_left_however_it_ends(
    lines: list[str], end: str, rest: str
) -> None:
    head = end.join(one.replace("\n", end) for one in (*lines, "Subject: x"))
    raw = (head + rest.format(end=end)).encode()
    _, block = top_block(equalised(raw), DEFAULT_LIMITS)
    assert not [one for one in block.names if is_of_transport(one)]
    assert block.all("to") == ("reader@company.example",)
    assert block.first("subject") == "x"
    data, before = top_block(raw, DEFAULT_LIMITS)
    assert equalised(raw).endswith(data[before.body_start :])


@pytest.mark.parametrize(
    "name",
    ["Authentication-Results-Original", "Delivery-Date", "X-Greylist", "X-OriginalArrivalTime",
     "X-Authentication-Warning", "X-ClientProxiedBy", "IronPort-SDR", "X-YMail-OSG",
     "X-MailScanner", "X-TM-AS-GCONF", "Mailing-List", "X-Sender", "X-Keywords", "X-To"],
)  # fmt: skip
def test_what_hosts_filters_and_mailboxes_add_is_of_transport(name: str) -> None:
    assert is_of_transport(name)


@pytest.mark.parametrize(
    "name",
    ["From", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "X-Mailer",
     "User-Agent", "Content-Type", "MIME-Version", "X-Priority", "Importance", "Auto-Submitted"],
)  # fmt: skip
def test_what_its_author_wrote_is_not(name: str) -> None:
    assert not is_of_transport(name)


def test_equalised_mail_is_for_somebody_of_the_organisation(acme: Tenant) -> None:
    ours = FEE.replace("cole.sample@gmail.com", "ada.marsh@acme.example").encode()
    message = parse(equalised(ours, reader_of(acme)), tenant=acme)
    assert [one.email.email for one in message.recipients.all_ if one.email] == [
        "ben.okoye@acme.example"
    ]
    assert not message.type.outbound
    assert parse(equalised(ours), tenant=acme).type.outbound, "to a stranger it went out"


def test_folders_of_one_name_are_counted_apart_and_none_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for one in ("a", "b"):
        (tmp_path / one / "mail").mkdir(parents=True)
        (tmp_path / one / "mail/1.eml").write_text(FEE)
        (tmp_path / one / "mail/labels.csv").write_text("path,label,case\n1.eml,attack,c1\n")
    places = [str(tmp_path / one / "mail") for one in "aba"]
    assert main(["evaluate", *places, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["messages"] == 2
    assert [*found["evaluations"]["as it came"]["corpora"]] == places[:2]


def test_labels_written_by_spreadsheets_are_read_and_none_is_told_twice(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_bytes(b"\xef\xbb\xbfpath,label\r\nx.eml,ham\r\n")
    assert [one.path for one in read_folder(tmp_path).truths] == ["x.eml"]
    (tmp_path / "labels.csv").write_text("path,label\nx.eml,ham\nx.eml,spam\n")
    with pytest.raises(UsageError, match=r"line 3: x\.eml is labelled a second time"):
        read_folder(tmp_path)


def test_nothing_to_count_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels.csv").write_text("path,label\nx.eml,ham\n")
    assert main(["evaluate", str(tmp_path)]) == 2
    assert "no labelled message could be read" in capsys.readouterr().err
