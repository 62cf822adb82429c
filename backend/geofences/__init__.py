"""Near a store: whoever comes by is told, and where they are is never kept."""
