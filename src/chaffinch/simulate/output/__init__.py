"""Simulated mail written down: files, Maildir, mbox or JSON lines, with labels beside them."""
