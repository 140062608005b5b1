"""Floor 8: the past in arrival order: learning it, and counting how often we are right."""
