"""Fair rotas: found, bounded, checked, explained where there is none, and changed by swaps. See the room's README.

`checking`, `problem`, `swapping` and `words` need nothing more; what is solved needs OR-Tools.
"""
