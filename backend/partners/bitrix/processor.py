"""Bitrix owns no numbers: it tells of orders."""
