"""SMSC.ru."""
