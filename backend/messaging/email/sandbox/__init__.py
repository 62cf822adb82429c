"""The mailbox on the sandbox's page."""
