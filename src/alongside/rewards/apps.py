from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "alongside.rewards"
    label = "rewards"
    verbose_name = _("Rewards")

    def ready(self) -> None:
        from alongside.people import abilities
        from alongside.rewards import departures, hearing, permissions, serving, summaries, tasks  # noqa: F401
        from alongside.rewards.whose import ABILITY

        abilities.register(ABILITY, _("use my rewards, and take part in draws"))
        departures.register()
        hearing.listen()
        serving.register()
        summaries.register()
