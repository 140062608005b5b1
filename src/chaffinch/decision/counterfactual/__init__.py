"""What a verdict rests on: the fewest facts it would not stand without, and that it stands on."""
