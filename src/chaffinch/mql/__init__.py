"""Floor 2: the rule language (MQL): sources, trees, checks, and what a rule means.

    grammar.parse(source) -> Expr                       or a RuleError M0xx
    text.print_source(expr) -> str                      parse(print_source(e)) == e
    check.check(expr, schema, signals) -> [RuleError]   M1xx names, M2xx types, M3xx functions
    evaluate.evaluate(expr, message, capabilities) -> Outcome(value, matches, steps)

``evaluate`` is the executable definition of the language: whatever compiles rules agrees with it.
"""
