"""What is found of disclosure: matters with the text of their attachments."""

from intranet.disclosure import signals  # noqa: F401
