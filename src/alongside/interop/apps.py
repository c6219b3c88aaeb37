from django.apps import AppConfig

COVERS = ("interop.Import.read_by", "interop.Import.undone_by")


class InteropConfig(AppConfig):
    name = "alongside.interop"
    label = "interop"

    def ready(self) -> None:
        from alongside.interop import keeping, permissions, tasks  # noqa: F401  they register themselves
        from alongside.people import departures

        departures.register(room="interop", export=keeping.export, erase=keeping.erase, covers=COVERS)
