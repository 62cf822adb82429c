"""Mindbox as loyalty processor of a program."""
