"""Errors that any room may meet. A room's own refusals are declared beside its actions."""


class Refusal(Exception):
    """An expected "no": the request was understood, and a rule of the house forbids it.

    Subclasses are declared beside the action that raises them and carry facts as attributes,
    not prose; the interface turns the facts into kind, translated words.
    """


class SomeoneElseWasFaster(Refusal):
    """The row is no longer in the state the caller saw; nothing was changed."""
