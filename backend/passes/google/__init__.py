"""Google Wallet: classes and objects of cards, links that save them, the REST API, callbacks."""
