"""Benign mail that resembles attacks; importing this package declares it."""
