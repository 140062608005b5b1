"""Compiles a set of rules together, so that what they share is worked out once."""
