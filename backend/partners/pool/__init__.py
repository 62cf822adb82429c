"""The built-in processor: numbers from the pool, points from the ledger, no system elsewhere."""
