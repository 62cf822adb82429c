"""Cards that brands assign to their customers: made, opened by a link, claimed, ended."""
