"""Lists that ship with the product: Russian cities and the shelves of the catalog."""
