"""``chaffinch replay``: decisions of the past made again."""

from collections.abc import Sequence

from chaffinch.surfaces.cli.actions import run_action

ACTION_MODULES = {
    "as-then": ("as_then", "make decisions again from what they were made of; hold both together"),
    "as-if": ("as_if", "decide the past anew with today's rules, policy and profiles made anew"),
}
DESCRIPTION = "Make decisions on record again."


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says."""
    return run_action("replay", DESCRIPTION, ACTION_MODULES, arguments)
