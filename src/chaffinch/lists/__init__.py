"""Floor 1: named reference lists (``$free_email_providers`` …), each with its provenance."""
