"""Floor 3: Message and profiles → Evidence; one function is one signal, measured at most once."""
