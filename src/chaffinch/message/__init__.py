"""Floor 1: bytes → Message; total, bounded and lazy: a part is parsed when it is asked for."""
