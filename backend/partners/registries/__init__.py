"""Registries of cards and numbers, exchanged as files in a folder or over SFTP."""
