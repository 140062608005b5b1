"""Floor 5: Findings → Decision, its attribution, and the record of both."""
