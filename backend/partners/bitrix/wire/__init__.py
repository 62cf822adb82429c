"""Events and REST of Bitrix24 and 1С-Битрикс; knows nothing of Karman (README.md)."""
