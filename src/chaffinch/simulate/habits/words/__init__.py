"""The sentences of everyday mail; training and judging texts are written apart."""
