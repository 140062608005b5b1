"""Floor 2: what is remembered about senders, names, domains and pairs, and as of when."""
