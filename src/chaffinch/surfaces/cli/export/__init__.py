"""``chaffinch export``: what is measured and decided, as files for data science."""

from collections.abc import Sequence

from chaffinch.surfaces.cli.actions import run_action

# a module named as a package of ours here would hide it
ACTION_MODULES = {"signals": ("vectors", "one row per message: decision, all signals, label")}
DESCRIPTION = "Write files for data science."


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says with the rest of them."""
    return run_action("export", DESCRIPTION, ACTION_MODULES, arguments)
