"""The offered Bot API methods, a file for each noun, and the registry that names them."""
