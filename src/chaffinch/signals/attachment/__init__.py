"""Signals at the level of the attachment; a file is a family."""
