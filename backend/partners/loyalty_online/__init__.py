"""Hosts of the Loyalty Online API, which partners of «Кошелёк» serve."""
