"""What benign look-alikes say, by topic; training and judging texts are written apart."""
