"""RetailCRM: customers, loyalty accounts, bonuses and orders of its API v5."""
