"""Signals at the level of the sender; a file is a family."""
