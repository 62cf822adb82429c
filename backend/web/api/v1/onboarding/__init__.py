"""What a brand enters: account, programs, offers, stores, documents, pictures, packs."""
