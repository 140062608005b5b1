"""Signals at the level of the recipient; a file is a family."""
