"""What attackers and their twins say, by topic; the two partitions are written independently."""
