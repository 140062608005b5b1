"""The functions of the rule language, each declared once beside its meaning."""
