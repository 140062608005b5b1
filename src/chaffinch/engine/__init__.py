"""Floor 7: the journey, and the settings from which an engine is put together."""
