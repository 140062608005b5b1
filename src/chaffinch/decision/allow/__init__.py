"""Allow and deny entries: what somebody decided in advance, and how far that reaches."""
