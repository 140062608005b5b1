"""Operators that hide an attack: letters in, letters out, and each says what it did."""

from chaffinch.simulate.evasion import codings, hiding, phrases, senders, spelling

__all__ = ["codings", "hiding", "phrases", "senders", "spelling"]
