"""Floor 4: Evidence → Findings; rules in the rule language and detectors in code."""
