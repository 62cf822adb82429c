"""A client of RetailCRM's API v5 that knows nothing of Karman; README.md tells how to use it."""
