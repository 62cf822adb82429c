"""The partner API: what it can do is declared once, and everything else follows from that."""
