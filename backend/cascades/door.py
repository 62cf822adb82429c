"""The address by which the gateway of this installation tells of SMS: a secret, and no more.

It is made of the installation's own key and stands as long as that.
"""

from backend.platform.secrets.vault import Vault

PATH = "/hooks/sms/"
_SIGNED = "reports:sms"


def report_path(vault: Vault) -> str:
    return PATH + vault.sign(_SIGNED)


def is_report_token(vault: Vault, token: str) -> bool:
    """Constant-time."""
    return vault.signed(_SIGNED, token)
