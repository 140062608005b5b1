"""Floor 0: what every room shares; imports nothing of ours."""
