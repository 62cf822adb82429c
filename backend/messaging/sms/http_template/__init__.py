"""Any gateway that takes a message by one HTTP request, described by templates."""
