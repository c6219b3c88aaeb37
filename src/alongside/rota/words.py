"""What acts of this room are called where somebody reads what others did for them."""

from django.utils.translation import gettext_lazy as _

ON_THE_TRAIL = {
    **dict.fromkeys(("rota.placed", "rota.taken", "rota.taken_off"), _("A duty given or taken away")),
    **dict.fromkeys(
        (
            "rota.swap_asked",
            "rota.swap_taken",
            "rota.swap_declined",
            "rota.swap_withdrawn",
            "rota.exchange_offered",
            "rota.exchange_agreed",
            "rota.exchange_written",
            "rota.exchange_declined",
            "rota.exchange_taken_back",
        ),
        _("Something about swapping a duty"),
    ),
    **dict.fromkeys(
        ("rota.away_said", "rota.away_taken_back", "rota.wish_said", "rota.wish_taken_back"),
        _("Written down when somebody cannot come"),
    ),
}
