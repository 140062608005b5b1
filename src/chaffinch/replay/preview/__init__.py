"""What an allow or deny entry would do, before it is made."""
