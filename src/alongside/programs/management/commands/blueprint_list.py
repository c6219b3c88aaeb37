"""`alongside blueprint list`: the blueprints that come with the house, and those that communities brought in."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.programs.models import BlueprintFile
from alongside.programs.shipped import shipped


class Command(BaseCommand):
    help = "List the blueprints that programs can start from."

    def handle(self, *args: Any, **options: Any) -> None:
        for blueprint in shipped():
            self.stdout.write(f"{blueprint.id} {blueprint.version}: {blueprint.title}")
        rows = BlueprintFile.objects.select_related("community").order_by("community__slug", "name", "imported_at")
        for row in rows:
            self.stdout.write(f"{row.name} {row.version}: {row.title} (in {row.community.slug})")
