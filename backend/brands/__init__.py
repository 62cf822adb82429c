"""Use cases of tenants: accounts, brands, programs, offers, stores, pools, and whole packs."""
