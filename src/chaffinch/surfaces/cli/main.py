"""The ``chaffinch`` command: find the subcommand, run it, turn errors into exit codes.

Exit codes: 0 ran, 1 ``--fail-on`` matched, 2 bad usage or settings, or files
(a state, an output) that cannot be used.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from chaffinch import __version__
from chaffinch.core.errors import ChaffinchError
from chaffinch.surfaces.cli.parser import BAD_USAGE, Parser

COMMANDS = {
    "scan": "decide messages in files, folders, mailboxes, archives or on standard input",
    "explain": "say why a message or a recorded entry was decided as it was",
    "entries": "search the ledger, show an entry whole, erase a person or an organisation",
    "replay": "make decisions of the past again, from what they were made of",
    "parse": "print what is read of a message, every field of the model, as JSON",
    "evaluate": "hold decisions against labelled mail: recall, precision, false positives",
    "rules": "check, format, run and explain rule files",
    "signals": "list and explain what is measured of a message, and measure it on mail",
    "allow": "let proven mail pass named checks, or deny mail; and why an entry did not apply",
    "policy": "show what is in force for whom, by whose word, and what decides over what",
    "export": "write signals with decisions and labels as Parquet or Arrow files",
    "label": "say what messages truly are, and take it back",
    "report": "keep what people say of mail they got, weigh it, make labels of it",
    "profiles": "show, forget, export and compact what is remembered",
    "feeds": "take rules and lists of others into use, and keep them up to date",
    "onboard": "find out from a history of mail who the organisation is, and learn it",
    "simulate": "write the mail of an invented organisation, attacks and their twins included",
    "demo": "make a small organisation's week of mail and decide its last day",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not given:
        parser.print_help()
        return BAD_USAGE
    if given[0] not in COMMANDS:
        parser.parse_args(given)  # prints help or version, or says what is wrong, and leaves
    try:
        command = import_module(f"chaffinch.surfaces.cli.{given[0]}")
        code = command.run(given[1:])
        assert isinstance(code, int)
    except ChaffinchError as error:
        print(f"chaffinch: {error}", file=sys.stderr)
        return BAD_USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"chaffinch: {_plainly(error)}", file=sys.stderr)
        return BAD_USAGE
    except KeyboardInterrupt:
        return 130
    return code


def _plainly(error: OSError) -> str:
    """Which file, and what is wrong with it, without the number."""
    told = [str(error.filename or ""), str(error.strerror or error)]
    return ": ".join(filter(None, told))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="chaffinch",
        description="Decides for every e-mail whether it is an attack, which kind, and why.",
    )
    parser.add_argument("--version", action="version", version=f"chaffinch {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, meaning in COMMANDS.items():
        commands.add_parser(name, help=meaning, add_help=False)
    return parser


if __name__ == "__main__":
    sys.exit(main())
