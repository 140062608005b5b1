"""The bytes: sound MIME, consistent traces, attachments that open."""

import re
from collections import defaultdict
from datetime import timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.domain import organisation
from chaffinch.simulate import Company, Simulated, tenant_toml, write
from chaffinch.simulate.coded import plain_parameter
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.post import mailbox, words

Mail = tuple[Simulated, ...]


def parsed(one: Simulated) -> EmailMessage:
    message = message_from_bytes(one.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def files_of(one: Simulated) -> dict[str, bytes]:
    return {
        str(part.get_filename()): part.get_content().encode()
        if isinstance(part.get_content(), str)
        else part.get_content()
        for part in parsed(one).iter_attachments()
        if part.get_filename()
    }


def the(mail: Mail, family: str) -> Simulated:
    return next(one for one in mail if one.family == family)


def test_the_standard_library_finds_no_defect(mail: Mail) -> None:
    for one in mail:
        for part in parsed(one).walk():
            assert not part.defects, one.family
            assert not [value.defects for value in part.values() if value.defects], one.family
            if not part.is_multipart():
                part.get_content()


def test_lines_are_ended_and_bounded_as_smtp_wants(mail: Mail) -> None:
    for one in mail:
        assert one.raw.count(b"\n") == one.raw.count(b"\r\n") == one.raw.count(b"\r")
        assert max(map(len, one.raw.split(b"\r\n"))) <= 998
        assert one.raw.isascii()


def test_our_boundary_stamps_above_its_received_line(house: Company, mail: Mail) -> None:
    for one in mail:
        message = parsed(one)
        names = [name for name in message if name in {"Authentication-Results", "Received"}]
        assert names[0] == "Authentication-Results"
        assert names.count("Authentication-Results") == 1
        assert str(message["Authentication-Results"]).startswith(f"{house.boundary};")
        newest = str(message.get_all("Received", [])[0])
        assert f"by {house.boundary} " in newest
        assert parsedate_to_datetime(newest.rpartition(";")[2].strip()) == one.received_at


def test_times_rise_from_author_to_boundary(mail: Mail) -> None:
    for one in mail:
        message = parsed(one)
        stamps = [
            parsedate_to_datetime(str(line).rpartition(";")[2].strip())
            for line in reversed(message.get_all("Received", []))
        ]
        times = [message["Date"].datetime, *stamps]
        assert times == sorted(times), one.family
        if one.family == "dkim-replay":
            continue  # an old message, sent again
        assert times[-1] - times[0] < timedelta(minutes=1)


def test_benign_senders_keep_their_program_relay_and_zone(mail: Mail) -> None:
    habits: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for one in mail:
        message = parsed(one)
        if one.label == "attack" or one.family in {"forwarded-mail", "mailing-list"}:
            continue
        if one.twin_of is not None:  # some are written on a journey
            continue
        mailer = message.get("X-Mailer", message.get("User-Agent", ""))
        relay = str(message.get_all("Received", [])[0]).split()[1]
        author = message["From"].addresses[0].addr_spec
        habits[author].add((str(mailer), relay, str(message["Date"])[-2:]))  # summer time begins
    assert {author: seen for author, seen in habits.items() if len(seen) > 1} == {}


def test_verdicts_fail_honestly_for_forwarders_lists_and_one_vendor(mail: Mail) -> None:
    def verdicts(one: Simulated) -> str:
        return str(parsed(one)["Authentication-Results"])

    forwarded, listed = verdicts(the(mail, "forwarded-mail")), verdicts(the(mail, "mailing-list"))
    assert "spf=fail" in forwarded
    assert "dmarc=pass" in forwarded
    assert "dkim=fail" in listed
    assert "dmarc=fail" in listed
    unsigned = [one for one in mail if b"dkim=none" in one.raw and one.label == "benign"]
    senders = {parsed(one)["From"].addresses[0].domain for one in unsigned}
    assert senders == {"alderfacility.example"}


def test_every_signature_was_verified_and_what_was_verified_is_there(mail: Mail) -> None:
    for one in mail:
        message = parsed(one)
        signed = [str(each) for each in message.get_all("DKIM-Signature", [])]
        domains = [found.group(1) for each in signed if (found := re.search(r" d=([^;]+)", each))]
        results = str(message["Authentication-Results"])
        assert sorted(domains) == sorted(re.findall(r"header\.d=([^\s;]+)", results)), one.family


def test_dmarc_passes_where_something_aligned_did(mail: Mail) -> None:
    for one in mail:
        results = str(parsed(one)["Authentication-Results"])
        home = organisation(re.findall(r"header\.from=(\S+)", results)[0])
        proven = re.findall(r"dkim=pass header\.d=([^\s;]+)", results)
        proven += re.findall(r"spf=pass smtp\.mailfrom=(?:[^\s;@]*@)?([^\s;]+)", results)
        is_aligned = home in {organisation(each) for each in proven}
        verdict = re.findall(r"dmarc=(\w+)", results)[0]
        assert verdict in ("pass" if is_aligned else "fail", "none"), one.family
        assert ("(p=" in results) == (verdict != "none")


def test_a_domain_has_one_policy_and_one_word_for_strangers(house: Company, mail: Mail) -> None:
    results = [str(parsed(one)["Authentication-Results"]) for one in mail]
    ours = [each for each in results if each.endswith(f"header.from={house.domain}")]
    assert {found for each in ours for found in re.findall(r"\(p=(\w+)\)", each)} == {"none"}
    spf = re.compile(rf"spf=(\w+) smtp\.mailfrom=\S+@{re.escape(house.domain)};")
    found = {verdict for each in ours for verdict in spf.findall(each)}
    assert "pass" in found
    assert len(found) == 2


def test_names_of_files_survive_quotes_and_slashes() -> None:
    for name in ('An "old" offer.pdf', "back\\slash.pdf", "Angebot für Ö/Ä.pdf"):
        field = f"Content-Disposition: attachment;\r\n {plain_parameter('filename', name)}\r\n\r\n"
        assert message_from_bytes(field.encode(), policy=policy.default).get_filename() == name


def test_attached_files_open(mail: Mail) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for one in mail:
        for name, data in files_of(one).items():
            kind = name.rpartition(".")[2]
            kinds[kind] += 1
            if kind in {"zip", "docx", "docm", "xlsx"} and "encrypted" not in one.family:
                with ZipFile(BytesIO(data)) as opened:
                    assert opened.testzip() is None
            if kind == "pdf":
                start = int(data.split(b"startxref\n")[-1].split(b"\n")[0])
                assert data.startswith(b"%PDF-1.")
                assert data[start:].startswith(b"xref\n")
            if kind == "iso":
                assert data[32_769:32_774] == b"CD001"
    assert {"pdf", "zip", "docx"} <= set(kinds)
    assert {"iso", "img", "html", "htm", "shtml"} & set(kinds)


def test_the_forged_thread_swaps_the_copied_reader(house: Company, mail: Mail) -> None:
    bad, twin = parsed(the(mail, "cc-swap")), parsed(the(mail, "cc-swap-twin"))
    assert bad["In-Reply-To"] == twin["In-Reply-To"]
    known = {house.domain, *(vendor.domain for vendor in house.vendors)}
    assert twin["From"].addresses[0].domain in known
    assert bad["From"].addresses[0].domain not in known
    strange = [one for one in bad["Cc"].addresses if one.domain not in known]
    assert len(strange) == 1
    assert strange[0].username in {one.username for one in twin["Cc"].addresses}
    assert {one.domain for one in twin["Cc"].addresses} <= known


def test_the_spoofed_own_domain_is_unauthenticated_and_the_real_one_is_not(
    house: Company, mail: Mail
) -> None:
    bad, twin = the(mail, "direct-send"), the(mail, "direct-send-twin")
    assert (bad.direction, twin.direction) == ("inbound", "internal")
    assert parsed(bad)["From"].addresses == parsed(twin)["From"].addresses
    assert parsed(bad)["From"].addresses[0].domain == house.domain
    assert "dmarc=fail" in parsed(bad)["Authentication-Results"]
    assert "auth=pass" in parsed(twin)["Authentication-Results"]


def test_several_languages_and_a_calendar_are_spoken(mail: Mail) -> None:
    subjects = {str(parsed(one)["Subject"]).split()[0] for one in mail}
    assert {"Commande", "Presupuesto", "Bestellung"} & subjects
    invited = parsed(the(mail, "customer-invitation"))
    assert "text/calendar" in {part.get_content_type() for part in invited.walk()}
    assert "List-Unsubscribe" in parsed(the(mail, "newsletter"))
    assert "List-Id" in parsed(the(mail, "mailing-list"))


@settings(max_examples=100)
@given(st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=60))
def test_header_words_survive_the_journey(text: str) -> None:
    if not text.isascii():
        assert str(make_header(decode_header(words(text)))) == text


def single_spaced(text: str) -> str:
    """Runs of spaces outside quotes are one space to every reader."""
    return " ".join(text.split())


@settings(max_examples=100)
@given(st.text(st.sampled_from("abz ,.@<>()'-\"\\"), min_size=1).map(single_spaced).filter(bool))
def test_display_names_survive_the_journey(name: str) -> None:
    shown = mailbox(Contact(name=name, address="ann@larkmoor.example"))
    assert parseaddr(shown) == (name, "ann@larkmoor.example")


def test_a_folder_holds_mail_labels_and_tenant(tmp_path: Path, house: Company, mail: Mail) -> None:
    few = mail[-30:]
    write(tmp_path, few, house)
    rows = (tmp_path / "labels.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("path,label,kind,")
    assert [",".join(row.split(",")[:3]) for row in rows[1:]] == [
        f"mail/{number:05d}.eml,{one.label},{one.family}" for number, one in enumerate(few, 1)
    ]
    assert [path.read_bytes() for path in sorted((tmp_path / "mail").iterdir())] == [
        one.raw for one in few
    ]
    assert (tmp_path / "tenant.toml").read_text(encoding="utf-8") == tenant_toml(house)
