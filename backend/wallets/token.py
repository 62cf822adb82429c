"""What opens a pass to whoever holds it: Apple's devices show it, and the page of a card."""

from backend.platform.secrets.vault import Vault


def pass_token(vault: Vault, serial: str) -> str:
    """64 hex digits, for ever the same; kept nowhere."""
    return vault.sign(f"wallet pass {serial}")


def opens(vault: Vault, serial: str, token: str) -> bool:
    """Constant-time; a token that cannot be one is wrong like any other."""
    return token.isascii() and vault.signed(f"wallet pass {serial}", token)
