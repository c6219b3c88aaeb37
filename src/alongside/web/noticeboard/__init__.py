"""The home page: a noticeboard for one person, put together from what each room has to say to them."""

from alongside.web.noticeboard.board import Board, board_for

__all__ = ["Board", "board_for"]
