"""Bitrix24 and 1С-Битрикс: orders and deals, as their outgoing webhooks tell of them."""
