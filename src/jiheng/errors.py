"""The errors that reach a person: one plain sentence each, never a traceback."""


class JihengError(Exception):
    """A fault told to the clerk in one Chinese sentence: what, where, found, expected, how to mend."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(JihengError):
    """A file, folder or argument that cannot be worked with; nothing has been changed (exit 2)."""


class BadRules(JihengError):
    """Rule data that breaks its own form; the sentence names file and line."""


class ReportDiffers(JihengError):
    """A written report does not say what its figures say; it was not kept."""
