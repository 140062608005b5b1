"""``chaffinch signals``: what is measured of a message, which rules read it, what mail says."""

from collections.abc import Sequence

from chaffinch.surfaces.cli.actions import run_action

# a module named as a built-in type or a function here would hide it
ACTION_MODULES = {
    "list": ("listing", "every signal with its level, type, unit and meaning"),
    "show": ("show", "one signal: what it says, when it is unknown, which rules read it"),
    "measure": (
        "measure",
        "what signals say on mail: how often they are known, their values, their cost",
    ),
}
DESCRIPTION = "Look into what is measured."


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says with the rest of them."""
    return run_action("signals", DESCRIPTION, ACTION_MODULES, arguments)
