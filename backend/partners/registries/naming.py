"""What the files of a connection are called."""

from datetime import date

from backend.partners.registries.settings import Settings
from backend.partners.registries.wire.names import Kind, Names, named


def names_of(settings: Settings) -> Names:
    """Of what comes in; partners are known by the key of their program."""
    forms = {
        Kind.CLIENTS: settings.names.clients,
        Kind.ISSUED: settings.names.issued,
        Kind.RESERVED: settings.names.reserved,
    }
    return Names(forms, settings.programs)


def name_of(settings: Settings, kind: Kind, program_key: str, day: date) -> str:
    """Of what goes out."""
    form = settings.names.clients if kind is Kind.CLIENTS else settings.names.issued
    return named(form, settings.programs[program_key], day)
