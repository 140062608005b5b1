"""What each look-alike claims of itself: who sends it, how it is proven, what it carries."""

import gzip
import re
import tomllib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from ipaddress import ip_address, ip_network
from zipfile import ZipFile

import msgspec
import pytest

from chaffinch.core.tenant import Simulation
from chaffinch.message.parse import parse
from chaffinch.simulate import Company, Plan, Simulated, stream, tenant_toml
from chaffinch.simulate.declare import LOOKALIKES
from chaffinch.simulate.text.days import MONTHS

Mail = dict[str, list[Simulated]]
TUESDAY = datetime(2025, 3, 4, tzinfo=UTC)
UNPROVEN = {"printer-as-own-domain", "crm-as-own-domain"}


@pytest.fixture(scope="module")
def letters(house: Company) -> Mail:
    plan = Plan(start=TUESDAY, days=4, hot_days=3, seed=8, lookalikes=40 * len(LOOKALIKES))
    found: Mail = defaultdict(list)
    for one in stream(house, plan):
        found[one.family].append(one)
    return found


def opened(one: Simulated) -> EmailMessage:
    message = message_from_bytes(one.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def head(one: Simulated) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(one.raw, headersonly=True)
    assert isinstance(message, EmailMessage)
    return message


def words(one: Simulated) -> str:
    return f"{head(one)['Subject']} {parse(one.raw).body.current_thread.text}"


def results(one: Simulated) -> str:
    return str(head(one)["Authentication-Results"])


def author(one: Simulated) -> tuple[str, str]:
    (address,) = head(one)["From"].addresses
    return address.display_name, address.addr_spec


@pytest.mark.parametrize("family", ["one-time-code", "security-alert", "genuine-voicemail"])
def test_machines_tell_of_what_has_just_happened(
    letters: Mail, house: Company, family: str
) -> None:
    told = 0
    for one in letters[family]:
        sent = head(one)["Date"].datetime
        text = words(one)
        for hour in re.findall(r"(?<![\d:])\d{1,2}:\d{2}\b", text):
            told += 1
            assert hour == f"{house.clock.local(sent - timedelta(minutes=2)):%-H:%M}", text
    assert told > 5


def test_what_is_paid_for_and_what_is_overdue_lies_in_the_past(letters: Mail) -> None:
    months = [one for one in MONTHS["en"] if one != "May"]  # it begins questions, too
    told = 0
    for one in letters["invoice-reminder"] + letters["pay-slip"]:
        text = words(one)
        for day, month in re.findall(rf"(?:(\d+) )?\b({'|'.join(months)})\b", text):
            told += 1
            at = (MONTHS["en"].index(month) + 1, int(day or 1))
            assert at < (one.received_at.month, one.received_at.day), text
    assert told > 20


def test_only_machines_of_ours_fail_the_proof(letters: Mail, house: Company) -> None:
    for family in set(LOOKALIKES) - {"authorised-simulation"}:
        for one in letters[family]:
            if family in UNPROVEN or one.truth.variant == "unaligned":
                assert "dmarc=fail" in results(one)
                assert author(one)[1].endswith(f"@{house.domain}")
                assert one.direction == "inbound"
            else:
                assert "dmarc=pass" in results(one), family


def test_an_exercise_fits_network_signature_and_time_of_the_tenant_file(
    letters: Mail, house: Company
) -> None:
    (told,) = tomllib.loads(tenant_toml(house))["simulations"]
    ordered = msgspec.convert(told, Simulation)
    networks = [ip_network(one) for one in ordered.networks]
    for one in letters["authorised-simulation"]:
        relay = str(head(one).get_all("Received", [])[0]).partition("[")[2].partition("]")[0]
        assert any(ip_address(relay) in network for network in networks)
        assert f"dkim=pass header.d={ordered.dkim[0]} " in results(one)
        assert ordered.begins <= one.received_at < ordered.ends
    elsewhere = {
        str(line).partition("[")[2].partition("]")[0]
        for family, many in letters.items()
        if family != "authorised-simulation"
        for one in many
        for line in head(one).get_all("Received", [])[:1]
    }
    assert not [ip for ip in elsewhere if any(ip_address(ip) in net for net in networks)]


def test_the_private_mailbox_is_always_the_same(letters: Mail, house: Company) -> None:
    seen = defaultdict(set)
    for one in letters["executive-personal-mailbox"]:
        if one.truth.role == "main":
            name, address = author(one)
            seen[name].add(address)
    assert set(seen) <= {person.name for person in house.people if person.vip}
    assert all(len(addresses) == 1 for addresses in seen.values())


def test_the_assistant_is_the_sender_and_the_chief_the_author(
    letters: Mail, house: Company
) -> None:
    for one in letters["assistant-on-behalf"]:
        message = opened(one)
        sender = message["Sender"].address.addr_spec
        assert sender != author(one)[1]
        assert sender.partition("@")[2] == author(one)[1].partition("@")[2]
        assert f"<{sender}>" in str(message["Return-Path"])
        if one.truth.variant == "ours":
            assert f"smtp.auth={sender}" in results(one)
            assert house.person_at(sender)


def test_the_bank_change_comes_from_the_vendor_and_names_another_account(
    letters: Mail, house: Company
) -> None:
    vendors = {vendor.domain: vendor for vendor in house.vendors}
    for one in letters["genuine-bank-change"]:
        vendor = vendors[author(one)[1].partition("@")[2]]
        text = parse(one.raw).body.current_thread.text
        assert "DE" in text
        assert vendor.iban not in text
    variants = {one.truth.variant for one in letters["genuine-bank-change"]}
    assert variants == {"fresh", "in-thread"}


def test_the_factor_copies_the_vendor_it_pays(letters: Mail, house: Company) -> None:
    domains = {vendor.domain for vendor in house.vendors}
    for one in letters["factoring-notice"]:
        assert {a.domain for a in opened(one)["Cc"].addresses} <= domains


@pytest.mark.parametrize("family", ["rebrand", "merged-domain"])
def test_the_new_domain_is_introduced_from_the_old_one(
    letters: Mail, house: Company, family: str
) -> None:
    known = {one.domain for one in house.vendors} | {one.domain for one in house.customers}
    cases: dict[str, dict[str, Simulated]] = defaultdict(dict)
    for one in letters[family]:
        cases[one.truth.case][one.truth.role] = one
    for case in cases.values():
        news, main = case["prelude"], case["main"]
        (_, old), (_, new) = author(news), author(main)
        assert old.partition("@")[2] in known
        assert new.partition("@")[2] not in known
        assert old.partition("@")[0] == new.partition("@")[0]
        assert new.partition("@")[2] in parse(news.raw).body.current_thread.text
        assert news.received_at < main.received_at


def test_tickets_show_a_colleague_before_the_services_address(
    letters: Mail, house: Company
) -> None:
    names = [person.name for person in house.people]
    for one in letters["colleague-via-tickets"]:
        name, address = author(one)
        assert any(name.startswith(known) for known in names)
        assert address == house.tool("tickets").address
        assert str(opened(one)["Reply-To"]).count("+tk-")


def test_a_reported_phish_is_attached_as_a_message_or_stands_inline(letters: Mail) -> None:
    seen = set()
    for one in letters["staff-forwarding-phish"]:
        parts = [p for p in opened(one).walk() if p.get_content_type() == "message/rfc822"]
        assert bool(parts) == (one.truth.variant == "attached")
        if parts:
            inner = parts[0].get_content()
            assert inner["From"]
            assert not inner.defects
            assert str(inner["Message-ID"]) not in one.message_id
        else:
            assert parse(one.raw).subject.is_forward
        seen.add(one.truth.variant)
    assert seen == {"attached", "inline"}


def test_a_bounce_is_a_report_with_the_lost_message(letters: Mail) -> None:
    for one in letters["bounce"]:
        message = opened(one)
        assert message.get_content_type() == "multipart/report"
        kinds = [part.get_content_type() for part in message.iter_parts()]
        assert kinds == ["text/plain", "message/delivery-status", "message/rfc822"]
        assert str(message["Return-Path"]) == "<>"


def test_a_dmarc_report_opens(letters: Mail, house: Company) -> None:
    endings = set()
    for one in letters["dmarc-report"]:
        (file,) = parse(one.raw).attachments
        name, data = str(file.file_name), file.content.payload
        endings.add(name.rpartition(".")[2])
        if name.endswith(".zip"):
            with ZipFile(BytesIO(data)) as zipped:
                data = zipped.read(zipped.namelist()[0])
        else:
            data = gzip.decompress(data)
        assert f"<domain>{house.domain}</domain>".encode() in data
    assert endings == {"zip", "gz"}


def test_a_portal_page_leads_to_its_sender(letters: Mail) -> None:
    for one in letters["encrypted-mail-portal"]:
        domain = author(one)[1].partition("@")[2]
        page = next(iter(opened(one).iter_attachments())).get_content()
        assert f'action="https://securemail.{domain}/' in page
        assert "<script" not in page


def test_newcomers_are_new(letters: Mail, house: Company) -> None:
    known = {one.domain for one in house.vendors} | {one.domain for one in house.customers}
    for family in ("first-contact-quotation", "new-partner-invitation", "recruiter"):
        for one in letters[family]:
            domain = author(one)[1].partition("@")[2]
            assert domain not in known
            assert domain.rpartition(".")[2] in {"example", "test"}
