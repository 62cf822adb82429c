"""Mindbox as loyalty processor of a program: docs/partners-mindbox.md."""
