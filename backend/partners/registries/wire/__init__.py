"""Files of card registries, read and written as «Кошелёк» does: README.md says how."""
