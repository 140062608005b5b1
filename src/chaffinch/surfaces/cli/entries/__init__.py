"""``chaffinch entries``: what is on record, found, shown, archived and erased."""

from collections.abc import Sequence

from chaffinch.surfaces.cli.actions import run_action

ACTION_MODULES = {
    "search": ("search", "find entries by sender, recipient, subject, time, verdict and more"),
    "show": ("show", "print one entry whole, evidence included, as JSON"),
    "again": ("again", "decide anew what waited for something, now that it has arrived"),
    "accounts": ("accounts", "list accounts of yours that attacks provably came from"),
    "archive": ("archive", "put entries of past days into Parquet files by day and tenant"),
    "expire": ("expire", "let go of raw messages that a tenant wants kept no longer"),
    "erase": ("erase", "take a person's or an organisation's data out of the ledger"),
}
DESCRIPTION = "Search what is on record of decided mail, show it, archive it, erase it."


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says."""
    return run_action("entries", DESCRIPTION, ACTION_MODULES, arguments)
