"""What can go wrong with sealed texts. No message holds a text or a key."""


class VaultError(Exception):
    """Sealed text cannot be read or written."""


class TamperedError(VaultError):
    """The text was changed, or stands where it was not sealed for."""


class MasterKeyError(VaultError):
    """The master key that is needed is not there, or its file cannot be used."""


class DataKeyError(VaultError):
    """The key store does not know the key of a text: it is older than the text."""
