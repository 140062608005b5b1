"""The tenant file: whatever mail says, it parses to exactly that, and no comment breaks out."""

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from tests.replay.onboard.portraits import PORTRAITS, acme, claim

from chaffinch.core.errors import UsageError
from chaffinch.engine.tenants import TenantFile, fault, read_tenant
from chaffinch.replay.onboard.claims import Portrait, Topic
from chaffinch.replay.onboard.kept_file import is_untouched, write_kept
from chaffinch.replay.onboard.tenant_file import tenant_toml
from chaffinch.replay.onboard.toml_lines import detail, is_sure

LISTS = {
    "domains": Topic.OWN_DOMAIN,
    "boundary": Topic.BOUNDARY,
    "gateways": Topic.GATEWAY,
    "shared_mailboxes": Topic.SHARED_MAILBOX,
    "bulk_senders": Topic.BULK_SENDER,
    "mailing_lists": Topic.LIST,
}


def held(value: str) -> str:
    """A text as a file can hold it: half characters have no encoding."""
    return "".join("\ufffd" if 0xD800 <= ord(one) <= 0xDFFF else one for one in value)


@given(PORTRAITS)
def test_lists_hold_exactly_the_sure_claims_that_fit(portrait: Portrait) -> None:
    read = tomllib.loads(tenant_toml(portrait))
    assert read["name"] == held(portrait.name)
    for key, topic in LISTS.items():
        expected = [
            held(one.subject)
            for one in portrait.of(topic)
            if is_sure(one) and fault(TenantFile, key, one.subject) is None
        ]
        assert read.get(key, []) == expected


@given(PORTRAITS)
def test_tables_hold_exactly_the_sure_claims_that_fit(portrait: Portrait) -> None:
    read = tomllib.loads(tenant_toml(portrait))
    assert set(read) <= {one.name for one in msgspec.structs.fields(TenantFile)}
    for key, topic in (("vendors", Topic.VENDOR), ("customers", Topic.CUSTOMER)):
        names = [detail(one, "name") or one.subject for one in portrait.of(topic) if is_sure(one)]
        assert [one["name"] for one in read.get(key, [])] == list(map(held, names))
    people = {address: one for one in read.get("people", []) for address in one["addresses"]}
    for one in portrait.of(Topic.PERSON):
        if is_sure(one) and fault(TenantFile, "shared_mailboxes", one.subject) is None:
            assert held(one.subject) in people
    assert "simulations" not in read


def test_a_partner_without_a_name_is_not_said_to_call_itself_so() -> None:
    for topic in (Topic.VENDOR, Topic.CUSTOMER):
        nameless = tenant_toml(acme(claim(topic, "stone.example")))
        assert 'name = "stone.example"  # no name was found' in nameless
        named = tenant_toml(acme(claim(topic, "stone.example", name="Stone & Sons")))
        assert 'name = "Stone & Sons"  # as they call themselves' in named


@given(PORTRAITS)
def test_every_line_carries_a_comment_and_no_comment_breaks_out(portrait: Portrait) -> None:
    lines = tenant_toml(portrait).split("\n")
    assert lines == [*tenant_toml(portrait).splitlines(), ""]
    assert all("# " in line for line in lines if line not in ("", "]"))
    kept = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    assert tomllib.loads(kept) == tomllib.loads("\n".join(lines))


@given(PORTRAITS)
def test_the_loader_reads_it_and_the_order_is_stable(portrait: Portrait) -> None:
    text = tenant_toml(portrait)
    assert text == tenant_toml(msgspec.structs.replace(portrait))
    with TemporaryDirectory() as folder:
        path = write_kept(Path(folder) / "tenant.toml", text)
        tenant = read_tenant(path)
        assert tenant.name == held(portrait.name)
        assert "acme.example" in tenant.domains


def test_roles_stand_with_their_person_the_surest_first(tmp_path: Path) -> None:
    portrait = acme(
        claim(Topic.PERSON, "ann@acme.example", name="Ann Low"),
        claim(Topic.PERSON, "ben@acme.example", name="Ben Okoye", title="Payables"),
        claim(Topic.PERSON, "cy@acme.example", name="Cy Wu"),
        claim(Topic.TARGETED, "ben@acme.example", 0.8),
        claim(Topic.IMPERSONATED, "cy@acme.example", 0.24),
        claim(Topic.IMPERSONATED, "dora@acme.example", 0.95, title="CEO"),
        claim(Topic.ASSISTANT, "ann@acme.example", 0.7, assists="dora@acme.example"),
    )
    text = tenant_toml(portrait)
    path = write_kept(tmp_path / "tenant.toml", text)
    people = read_tenant(path).people
    assert [one.addresses[0][0] for one in people] == ["d", "b", "a", "c"]
    assert people[0].vip
    assert people[0].title == "CEO"
    assert people[1].targeted
    assert people[2].assistant_of == "dora@acme.example"
    assert not people[3].vip
    assert "# vip = true  # left out, too unsure: 24 % sure (3 messages): Seen so." in text


def test_what_is_unsure_or_wrong_is_left_out_and_says_why() -> None:
    text = tenant_toml(
        acme(
            claim(Topic.BOUNDARY, "mx1.acme.example", 0.4),
            claim(Topic.GATEWAY, "not a host", 0.99),
            claim(Topic.VENDOR, "stone.example", 0.2),
            claim(Topic.FORWARDING, "ann@acme.example", 0.9),
        )
    )
    assert "# boundary: 1 found, 0 in force\n" in text
    assert '# "mx1.acme.example",  # left out, too unsure: 40 % sure' in text
    assert '# "not a host",  # left out, "not a host" is not a host name' in text
    assert "# [[vendors]]  # left out, too unsure: 20 % sure" in text
    assert '# [[forwarding]]  # left out, "" is not an e-mail address' in text
    assert "# bulk_senders = []  # none were found" in text


def test_without_a_sure_domain_the_likeliest_is_in_force_and_says_so() -> None:
    portrait = acme()
    unsure = msgspec.structs.replace(portrait.claims[0], sureness=0.3)
    portrait = msgspec.structs.replace(
        portrait, claims=(claim(Topic.OWN_DOMAIN, "b.example", 0.1), unsure)
    )
    text = tenant_toml(portrait)
    assert tomllib.loads(text)["domains"] == ["acme.example"]
    assert "only 30 % sure" in text
    nothing = msgspec.structs.replace(portrait, claims=())
    with pytest.raises(UsageError, match="no domain"):
        tenant_toml(nothing)


def test_a_file_a_person_changed_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "tenant.toml"
    assert write_kept(path, "a = 1\n") == path
    assert write_kept(path, "a = 2\n") == path
    path.write_text(path.read_text().replace("a = 2", "a = 3"))
    beside = write_kept(path, "a = 4\n")
    assert beside == tmp_path / "tenant.found.toml"
    assert "a = 3" in path.read_text()
    assert write_kept(path, "a = 5\n") == beside
    beside.write_text("mine")
    assert write_kept(path, "a = 6\n") == tmp_path / "tenant.found-2.toml"
    assert path.with_name("tenant.found.toml").read_text() == "mine"
    assert is_untouched((tmp_path / "tenant.found-2.toml").read_text())
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "tenant.found-2.toml", "tenant.found.toml", "tenant.toml",
    ]  # fmt: skip
