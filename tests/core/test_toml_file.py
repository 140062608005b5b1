"""Settings and tenant files: errors name the key, the line and the mend."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import SettingsError
from chaffinch.core.toml_file import parse
from chaffinch.core.vocabulary import Action, Cause, Severity, Verdict
from chaffinch.decision.policy_data import ACTIONS, WEIGHTS
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.engine.tenants import TenantFile, read_tenant

GOOD = """
schema = 1
name = "Acme"
domains = ["Acme.example", "acme.test."]
boundary = ["MX1.acme.example"]

[[people]]
name = "Ada Marsh"
addresses = ["Ada.Marsh@acme.example"]
title = "CEO"
vip = true

[[people]]
name = "Ben Okoye"

[[trusted_services]]
name = "payroll"
domains = ["pay.example"]
silences = ["identity", "request"]
"""


def test_a_tenant_file_is_read_in_lower_case(tmp_path: Path) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(GOOD)
    tenant = read_tenant(path)
    assert tenant.domains == ("acme.example", "acme.test")
    assert tenant.boundary == ("mx1.acme.example",)
    assert tenant.people[0].addresses == ("ada.marsh@acme.example",)
    assert [one.name for one in tenant.vips] == ["Ada Marsh"]
    assert tenant.trusted_services[0].silences == (Cause.IDENTITY, Cause.REQUEST)
    assert tenant.assumptions == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("domains =", "domians ="), r"line 4: unknown key `domians`; did you mean `domains`\?"),
        (("vip = true", "vpi = true"), r"line 11: unknown key `vpi`; did you mean `vip`\?"),
        (
            ("vip = true", 'vip = "yes"'),
            r"line 11: `people\[0\]\.vip`: expected true or false, got a text",
        ),
        (('name = "Ben Okoye"', "vip = false"), r"line 13: `people\[1\]\.name` is missing"),
        (('"identity", "request"', '"identity", "requests"'), r"line 19: .*requests"),
        (('name = "Acme"', ""), "`name` is missing"),
        (("schema = 1", "schema = 99"), "schema 99 is newer"),
        (('domains = ["Acme.example", "acme.test."]', "domains = []"), "`domains` is empty"),
        (("[[people]]", "[[people"), r"not TOML: .*line 7"),
        (("schema = 1", "schema = 1\nxyzzy = 3"), "known keys: actions, boundary, bulk_senders"),
        (("[[people]]", "[people]"), r"not TOML: .*line 13"),
        (
            ("[[trusted_services]]", "[trusted_services]"),
            "line 16: `trusted_services`: expected a list",
        ),
        (("[[people]]", "[[peple]]"), r"line 7: unknown key `peple`; did you mean `people`\?"),
        (('"identity", "request"', '"identty"'), r"identty.*; did you mean `identity`\?"),
        (("acme.test.", "@acme.test"), "line 4: `domains`"),
        (('name = "Acme"', 'name = ""'), "line 3: `name`"),
        (("MX1.acme.example", "10.0.0.0/99"), r'line 5: `boundary`: "10.0.0.0/99" is not a host'),
        (("Ada.Marsh@acme.example", "ada"), r'line 9: .*addresses`: "ada" is not an e-mail'),
        (('"pay.example"', '"https://pay.example"'), r"line 18: .*is not a domain name"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(GOOD.replace(*change, 1))
    with pytest.raises(SettingsError, match=said) as caught:
        read_tenant(path)
    assert str(path) in str(caught.value)


FULL = """
name = "acme"
domains = ["acme.example", "acme.test"]
gateways = ["Filter.example", "198.51.100.0/24"]
shared_mailboxes = ["Office@acme.example"]
bulk_senders = ["News.example", "Editors@news.example"]
mailing_lists = ["Folk.lists.example lists.example"]

[[domain_aliases]]
domain = "acme.test"
of = "acme.example"

[[people]]
name = "Ben Okoye"
addresses = ["ben.okoye@acme.example"]
targeted = true
assistant_of = "Ada.Marsh@acme.example"

[[vendors]]
name = "Stone & Sons"
domains = ["Stone.example"]
addresses = ["Jo@stone.example"]
platforms = ["Bills.example"]

[[customers]]
name = "Lake"
domains = ["lake.example"]

[[forwarding]]
mailbox = "Ada.Marsh@acme.example"
address = "ada@old.example"
through = ["mx.old.example"]

[[simulations]]
name = "autumn"
networks = ["203.0.113.0/28"]
dkim = ["Drill.example"]
begins = 2026-10-01T00:00:00Z
ends = 2026-10-08T00:00:00+02:00

[thresholds]
suspicious_from = 600

[actions]
graymail = "junk"

[[groups]]
name = "payables"
members = ["Ben.Okoye@acme.example", "Pay.acme.example"]
thresholds = { suspicious_from = -500, malicious_from = 1500 }
actions = { suspicious = "hold" }

[[mailboxes]]
address = "Abuse@acme.example"
watch_only = true
"""


def test_what_onboarding_finds_is_read_in_lower_case(tmp_path: Path) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(FULL)
    tenant = read_tenant(path)
    assert tenant.gateways == ("filter.example", "198.51.100.0/24")
    assert tenant.shared_mailboxes == ("office@acme.example",)
    assert tenant.bulk_senders == ("news.example", "editors@news.example")
    assert tenant.mailing_lists == ("folk.lists.example lists.example",)
    assert tenant.people[0].targeted
    assert tenant.people[0].assistant_of == "ada.marsh@acme.example"
    assert tenant.vendors[0].name == "Stone & Sons"
    assert tenant.vendors[0].platforms == ("bills.example",)
    assert tenant.forwarding[0].mailbox == "ada.marsh@acme.example"
    assert tenant.simulations[0].dkim == ("drill.example",)
    assert tenant.simulations[0].ends.utcoffset() == timedelta(hours=2)
    assert tenant.thresholds.suspicious_from == 600
    assert tenant.thresholds.malicious_from is None
    assert tenant.actions.graymail is Action.JUNK
    assert tenant.groups[0].members == ("ben.okoye@acme.example", "pay.acme.example")
    assert tenant.groups[0].thresholds.malicious_from == 1500
    assert tenant.mailboxes[0].address == "abuse@acme.example"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("198.51.100.0/24", "198.51.100.0/99"), r"line 4: `gateways`: .* is not a host name"),
        (("from = 1500", "from = -900"), r"line 50: `groups\[0\].thresholds.suspicious_from` must"),
        (('"payables"', '"pay+ables"'), r'line 48: .*"pay\+ables" is not a name without'),
        (
            ('"Pay.acme.example"', '"pay.example"'),
            r"line 49: .*names pay.example, which is at none",
        ),
        (('suspicious = "hold"', 'suspicous = "hold"'), r"line 51: .*did you mean `suspicious`"),
        (('suspicious = "hold"', 'suspicious = "held"'), r"line 51: .*did you mean `hold`"),
        (("Abuse@acme.example", "abuse@acme.test"), r"line 54: .*mail ends in abuse@acme.example"),
        (("Abuse@acme.example", "abuse@stone.example"), r"line 54: .*at none of `domains`"),
        (("Office@acme", "office at acme"), r"line 5: .* is not an e-mail address"),
        (("News.example", "https://news"), r"line 6: .* is not an address or a domain name"),
        (('of = "acme.example"', 'of = "b.example"'), r"line 11: .*which is not in `domains`"),
        (('"Ada.Marsh@acme.example"', '"ada"'), r'line 17: .*"ada" is not an e-mail address'),
        (("Bills.example", "a b"), r"line 23: `vendors\[0\].platforms`: .*not a domain name"),
        (("mx.old.example", ""), r"line 32: `forwarding\[0\].through`: .* is not a host name"),
        (("203.0.113.0/28", "drill.example"), r"line 36: .* is not an IP address or a network"),
        (('["Drill.example"]', "[]"), r"line 37: `simulations\[0\].dkim` is empty"),
        (("2026-10-01T00:00:00Z", "2026-10-01T00:00:00"), "line 38: .*timezone"),
        (("2026-10-01", "2026-10-08"), r"line 39: `simulations\[0\].ends` must be later"),
        (("= 600", "= 600\nmalicious_from = 5"), r"line 42: .* must not exceed .* \(5\)"),
        (("suspicious_from", "suspicios_from"), "line 42: .*; did you mean `suspicious_from`"),
    ],
)
def test_what_is_wrong_in_it_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(FULL.replace(*change, 1))
    with pytest.raises(SettingsError, match=said):
        read_tenant(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_tenant(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(SettingsError, match="cannot be read"):
        read_tenant(tmp_path / "latin.toml")


def test_a_wrong_key_inside_a_multi_line_text_is_not_mistaken_for_one() -> None:
    text = 'name = """\nvip = 1\n"""\ndomains = ["a.example"]\nvipp = 2\n'
    with pytest.raises(SettingsError, match="line 5: unknown key `vipp`"):
        parse(text, TenantFile, "t")


def test_a_wrong_key_of_an_inline_table_is_found() -> None:
    text = 'name = "a"\ndomains = ["a.example"]\npeople = [\n {name = "b"},\n {nam = "c"},\n]'
    with pytest.raises(SettingsError, match=r"line 5: unknown key `nam`; did you mean `name`\?"):
        parse(text, TenantFile, "tenant.toml")


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert read_tenant(path).domains == ("acme.example", "acme.test")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[limits]\nmessage_bytes = -5", "line 2: `limits.message_bytes`"),
        ("[policy]\nrho = 1.5", "line 2: `policy.rho`"),
        ("[policy.weights]\nhihg = 1", "did you mean `high`"),
        ("[policy.weights]\nlow = -1", "expected a whole number >= 0"),
        ('durability = "powr"', "did you mean `power`"),
    ],
)
def test_settings_out_of_range_are_refused(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "settings.toml").write_text(written)
    with pytest.raises(SettingsError, match=said):
        read_settings(tmp_path / "settings.toml")


def test_a_table_of_the_policy_may_name_only_what_changes(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        '[policy.weights]\nhigh = 9000\n[policy.actions]\nspam = "hold"\n'
    )
    policy = read_settings(tmp_path / "settings.toml").policy
    assert policy.weights == {**WEIGHTS, Severity.HIGH: 9_000}
    assert policy.actions == {**ACTIONS, Verdict.SPAM: Action.HOLD}


def test_settings_paths_are_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "chaffinch.toml"
    path.write_text(
        'state = "state"\nrules = ["feed"]\n[limits]\nparts_count = 7\n[policy]\nprior = -3000\n'
    )
    settings = read_settings(path)
    assert settings.state == str(tmp_path / "state")
    assert settings.rules == (str(tmp_path / "feed"),)
    assert (settings.limits.parts_count, settings.policy.prior) == (7, -3000)
    assert settings.limits.depth == Settings().limits.depth
    path.write_text("[limits]\nparts_cuont = 7\n")
    with pytest.raises(SettingsError, match=r"line 2: unknown key `parts_cuont`.*`parts_count`"):
        read_settings(path)
    path.write_text('durability = "perhaps"\n')
    with pytest.raises(SettingsError, match=r"line 1: `durability`"):
        read_settings(path)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    said = ""
    try:
        parse(text, TenantFile, "t")
    except SettingsError as error:
        said = str(error)
    assert said.startswith("t") or not said


def test_thresholds_out_of_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "chaffinch.toml"
    path.write_text("[policy]\nsuspicious_from = 3000\n")
    with pytest.raises(SettingsError, match=r"line 2: `suspicious_from` must not exceed"):
        read_settings(path)
