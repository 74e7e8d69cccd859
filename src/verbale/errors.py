"""What can go wrong for a reason that a user can mend."""

from __future__ import annotations


class VerbaleError(Exception):
    """Something that its reader can mend.

    Attributes:
        code: a short name that scripts can match, such as `empty` or `not-found`.
        subject: the input that it happened to, as the user named it.
        what: what happened.
        remedy: what to try.
    """

    def __init__(self, code: str, subject: str, what: str, remedy: str = "") -> None:
        self.code = code
        self.subject = subject
        self.what = what
        self.remedy = remedy
        super().__init__(f"{subject}: {what}" + (f"; {remedy}" if remedy else ""))

    @property
    def detail(self) -> str:
        """What happened and what to try, without the subject."""
        return self.what + (f"; {self.remedy}" if self.remedy else "")


class SourceError(VerbaleError):
    """A source could not be found, opened or fetched."""


class DocumentError(VerbaleError):
    """A source was opened, but holds no text that can be read."""


class ModelError(VerbaleError):
    """A model file is missing, damaged or of another version."""


class RegistryError(VerbaleError):
    """A table of actors or outlets is missing, or a row of it is wrong."""


class OutputError(VerbaleError):
    """A file that a user named for output cannot be written."""
