"""What partners of «Кошелёк» call: Push API, Promo API, Place Info API."""
