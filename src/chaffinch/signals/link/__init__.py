"""Signals at the level of the link; a file is a family."""
