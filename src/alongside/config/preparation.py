"""What must be true before the house opens its door."""

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from alongside.kernel.errors import Refusal


class NotFitForProduction(Refusal):
    """`check --deploy` found something; `findings` says what."""

    def __init__(self, *, findings: list[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


def migrate_if_needed() -> bool:
    """Bring the database up to date; True when there was something to do."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def require_fit_for_production() -> None:
    """Raise NotFitForProduction unless Django's deployment checks find nothing at all."""
    findings = [issue for issue in checks.run_checks(include_deployment_checks=True) if not issue.is_silenced()]
    if findings:
        raise NotFitForProduction(findings=[f"{issue.msg} {issue.hint or ''}".strip() for issue in findings])
