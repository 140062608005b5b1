"""A rule of an installation: a checked document and whose it is."""

import msgspec

from chaffinch.detectors.document import RuleDocument
from chaffinch.mql.tree import Expr


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A document that parses and type-checks; ``origin`` and ``commit`` say where it is from."""

    name: str
    document: RuleDocument
    expr: Expr
    origin: str
    commit: str = ""
