"""Floor 6: one file per technology, each filling protocols of lower floors."""
