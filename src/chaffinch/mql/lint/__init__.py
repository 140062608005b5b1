"""Warnings about rules that can be used but hardly mean what they say.

    lint.all_warnings(expr, shapes, is_rule=True) -> [RuleError]   L1xx, in source order

One file per family: ``needles`` (texts and patterns that match everything), ``comparisons``
(never or always true), ``clauses`` (dead, contradicting, firing alone), ``reach`` (what a rule can
still become), ``needs`` (what it asks the installation for).
"""
