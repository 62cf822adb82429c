"""The phone on the sandbox's page."""
