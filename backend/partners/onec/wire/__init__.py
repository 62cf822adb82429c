"""How 1С writes files and how it likes to read them; knows nothing of Karman (README.md)."""
