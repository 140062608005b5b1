"""Attacks and twins put into real history: its people, its threads, its header shape."""
