"""Moving in from another system: read, move in all or nothing, undo or drop."""

from alongside.interop.actions.moving import ImportHasErrors, NotWaiting, drop, drop_forgotten, move_in
from alongside.interop.actions.reading import Files, TooManyWaiting, read_files
from alongside.interop.actions.taking_out import note_list_taken
from alongside.interop.actions.undoing import NotMovedIn, undo_import

__all__ = [
    "Files",
    "ImportHasErrors",
    "NotMovedIn",
    "NotWaiting",
    "TooManyWaiting",
    "drop",
    "drop_forgotten",
    "move_in",
    "note_list_taken",
    "read_files",
    "undo_import",
]
