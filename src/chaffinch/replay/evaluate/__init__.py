"""Decisions held against labels: precision, recall and false positives with exact intervals."""
