"""``chaffinch rules``: check, format, run and explain rule files, and say what they lack here."""

from collections.abc import Sequence

from chaffinch.surfaces.cli.actions import run_action

# a module named as a function here would hide it
ACTION_MODULES = {
    "check": (
        "check",
        "syntax, types, names, patterns, and whether each rule's own examples hold",
    ),
    "fmt": ("fmt", "lay sources out in one way, comments kept"),
    "run": ("on_mail", "which rules fire on which messages, and which could not tell"),
    "coverage": ("coverage", "what rules ask that nobody answers here, and whether they can fire"),
    "explain": ("explain", "why a rule is true, false or undecided for a message"),
}
DESCRIPTION = "Work on rule files."


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says with the rest of them."""
    return run_action("rules", DESCRIPTION, ACTION_MODULES, arguments)
