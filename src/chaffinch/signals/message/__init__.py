"""Signals at the level of the message; a file is a family."""
