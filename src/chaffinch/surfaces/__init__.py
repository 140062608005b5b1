"""Floor 9: thin doors that translate, call and translate back; they do not know each other."""
