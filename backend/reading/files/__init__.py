"""Files opened: photos, PDF pages, kept pictures."""
