"""The settings of an installation: what to load, where to keep things, how much to read."""

from pathlib import Path
from typing import Literal

import msgspec

from chaffinch.core.errors import SettingsError
from chaffinch.core.limits import Limits
from chaffinch.core.toml_file import load, place
from chaffinch.decision.policy_data import Policy
from chaffinch.profiles.retention import Retention

SETTINGS_SCHEMA = 1


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One installation's choices; every key may be left out."""

    schema: int = SETTINGS_SCHEMA
    state: str | None = None
    cache: str | None = None
    tenant: str | None = None
    rules: tuple[str, ...] = ()
    own_rules: bool = True
    feeds: tuple[str, ...] | None = None
    lists: tuple[str, ...] = ()
    profiles: str | None = None
    ledger: str | None = None
    keep_messages: bool = False
    retention: Retention = Retention()
    durability: Literal["process", "power"] = "process"
    limits: Limits = Limits()
    policy: Policy = Policy()


def read_settings(path: Path | str) -> Settings:
    """The settings a TOML file holds; relative paths are relative to the file.

    Raises:
        SettingsError: the file is wrong; the text names key, line and the nearest valid key.
    """
    path = Path(path)
    written = load(path, Settings)
    if written.schema > SETTINGS_SCHEMA:
        raise SettingsError(
            f"{path}: schema {written.schema} is newer than the {SETTINGS_SCHEMA} "
            "this version reads"
        )
    if written.policy.suspicious_from > written.policy.malicious_from:
        raise SettingsError(
            f"{place(path, ('policy', 'suspicious_from'))}: `suspicious_from` must not exceed "
            f"`malicious_from` ({written.policy.malicious_from})"
        )
    beside = path.resolve().parent

    def absolute(one: str) -> str:
        return str(beside / one)

    return msgspec.structs.replace(
        written,
        state=absolute(written.state) if written.state else None,
        cache=absolute(written.cache) if written.cache else None,
        tenant=absolute(written.tenant) if written.tenant else None,
        rules=tuple(map(absolute, written.rules)),
        lists=tuple(map(absolute, written.lists)),
    )
