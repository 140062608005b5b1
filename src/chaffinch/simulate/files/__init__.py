"""Files that open, as pure functions: the same arguments give the same bytes everywhere."""
