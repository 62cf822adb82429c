"""How other libraries make the same card for Apple Wallet, as their own pages say it: each reads
certificate and key anew for every card."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from edutap.wallet_apple.models.passes import Pass, PkPass
from py_pkpass import models as py_pkpass
from wallet import models as wallet

from tests.passes.apple.chain import chain


def files_of(folder: Path) -> tuple[str, str, str]:
    """Certificate, key and intermediate, each a file."""
    signer = chain().signer
    cut = signer.index(b"-----BEGIN PRIVATE")
    named = {"cert.pem": signer[:cut], "key.pem": signer[cut:], "wwdr.pem": chain().intermediate}
    for name, content in named.items():
        (folder / name).write_bytes(content)
    certificate, key, wwdr = (str(folder / name) for name in named)
    return certificate, key, wwdr


def peers(
    folder: Path, said: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> dict[str, Callable[[], bytes]]:
    """`said`: pass.json of ours; `pictures` by their names in a pass."""
    paths = files_of(folder)
    return {
        "wallet-py3k": lambda: _of_wallet(wallet, said, pictures, paths),
        "py-pkpass": lambda: _of_wallet(py_pkpass, said, pictures, paths),
        "edutap-wallet-apple": lambda: _of_edutap(said, pictures, paths),
    }


def _of_wallet(
    library: Any, said: Mapping[str, Any], pictures: Mapping[str, bytes], paths: tuple[str, ...]
) -> bytes:
    card = library.StoreCard()
    for place, add in (
        ("headerFields", card.addHeaderField), ("secondaryFields", card.addSecondaryField),
        ("auxiliaryFields", card.addAuxiliaryField), ("backFields", card.addBackField),
    ):  # fmt: skip
        for each in said["storeCard"][place]:
            add(each["key"], each["value"], each["label"])
    made = library.Pass(
        card, passTypeIdentifier=said["passTypeIdentifier"],
        organizationName=said["organizationName"], teamIdentifier=said["teamIdentifier"],
    )  # fmt: skip
    for name in ("serialNumber", "description", "backgroundColor", "foregroundColor", "labelColor"):
        setattr(made, name, said[name])
    made.webServiceURL, made.authenticationToken = (
        said["webServiceURL"],
        said["authenticationToken"],
    )
    barcode = said["barcodes"][0]
    made.barcode = library.Barcode(barcode["message"], barcode["format"], barcode["altText"])
    for name, content in pictures.items():
        made.addFile(name, io.BytesIO(content))
    file: io.BytesIO = made.create(*paths, "")
    return file.getvalue()


def _of_edutap(
    said: Mapping[str, Any], pictures: Mapping[str, bytes], paths: tuple[str, ...]
) -> bytes:
    made = PkPass.from_pass(Pass.model_validate(dict(said)))
    for name, content in pictures.items():
        made._add_file(name, io.BytesIO(content))
    certificate, key, wwdr = paths
    made.sign(key, certificate, wwdr)
    file: io.BytesIO = made.as_zip_bytesio()
    return file.getvalue()
