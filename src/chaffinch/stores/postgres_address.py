"""The address of a Postgres ledger: ``postgres://user:password@host:port/database?schema=name``."""

import re
import ssl
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from chaffinch.core.errors import SettingsError

SCHEMES = ("postgres", "postgresql")
DEFAULT_SCHEMA = "chaffinch"
PORT = 5432
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_KNOWN = frozenset(("host", "schema", "sslmode"))


class PostgresAddress(msgspec.Struct, frozen=True):
    """Where a ledger is: how to connect, and the schema that holds its tables."""

    connection: dict[str, Any]
    schema: str
    shown: str  # without the password


def read_address(url: str) -> PostgresAddress:
    """The parts of an address.

    ``host`` in the query is a folder with the server's socket; ``sslmode=require`` speaks TLS.

    >>> read_address("postgres://kim:secret@db.example/mail?schema=acme").shown
    'postgres://kim@db.example/mail?schema=acme'

    Raises:
        SettingsError: it is none, or says something that is not known.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
    except ValueError as error:
        raise SettingsError(f"`ledger` is no address of Postgres: {error}") from error
    told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    schema = told.get("schema", DEFAULT_SCHEMA)
    database = unquote(parts.path.strip("/"))
    unknown = ", ".join(sorted(told.keys() - _KNOWN))
    if parts.scheme not in SCHEMES or not parts.username or not database or unknown:
        what = f": it does not know {unknown}" if unknown else ""
        raise SettingsError(
            "`ledger` is no address of Postgres, such as "
            f"postgres://user:password@host/database?schema=name{what}"
        )
    if not _NAME.fullmatch(schema):
        raise SettingsError(f"`ledger`: {schema!r} is no name of a schema: a-z, 0-9 and _")
    folder = told.get("host", "")
    user = unquote(parts.username)
    connection: dict[str, Any] = {"user": user, "database": database}
    if parts.password is not None:
        connection["password"] = unquote(parts.password)
    if folder.startswith("/"):
        connection["unix_sock"] = f"{folder}/.s.PGSQL.{port}"
    else:
        connection |= {"host": folder or parts.hostname or "localhost", "port": port}
    if told.get("sslmode") == "require":
        connection["ssl_context"] = ssl.create_default_context()
    shown = url.replace(f":{parts.password}@", "@") if parts.password else url
    return PostgresAddress(connection, schema, shown)
