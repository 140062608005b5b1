"""What simulated people write: grammars, their partitions, and the voices that speak them."""
