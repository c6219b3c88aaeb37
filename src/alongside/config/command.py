"""The `alongside` command: short words in front of the rooms' management commands.

`alongside ledger check` is the management command `ledger_check` of the room that keeps the ledger.
`alongside count`, `recount`, `opinions` and `draw` are no management commands: they need neither Django nor a database.
"""

import os
import sys
from collections.abc import Sequence

HELP = {"help", "-h", "--help"}


def main() -> None:
    words = sys.argv[1:]
    if words[:1] == ["count"]:
        from alongside.decisions.command import main as count

        sys.exit(count(words[1:]))
    if words[:1] == ["recount"]:
        from alongside.decisions.recount_command import main as recount

        sys.exit(recount(words[1:]))
    if words[:1] == ["opinions"]:
        from alongside.decisions.opinions_command import main as opinions

        sys.exit(opinions(words[1:]))
    if words[:1] == ["draw"]:
        from alongside.rewards.draw_command import main as draw

        sys.exit(draw(words[1:]))
    # Database, letters and backups hold everything about people: nobody else on this machine reads them.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    if words[:1] == ["serve"]:
        os.environ.setdefault("ALONGSIDE_MODE", "production")
    if words[:1] == ["run"]:
        from alongside.config.addresses import NoFreePort, choose_address

        try:
            choose_address(words[1:])
        except NoFreePort as none_left:
            sys.exit(f"alongside run: {none_left}")
    from django.core.exceptions import ImproperlyConfigured

    try:
        execute(words)
    except ImproperlyConfigured as mistake:
        sys.exit(str(mistake))


def execute(words: Sequence[str]) -> None:
    import django
    from django.core.management import ManagementUtility

    django.setup()
    if not words or (words[0] in HELP and len(words) == 1):
        sys.stdout.write(overview() + "\n")
    else:
        ManagementUtility(["alongside", *with_joined_name(words)]).execute()


def with_joined_name(words: Sequence[str]) -> list[str]:
    """Turn "ledger check --all" into "ledger_check --all" when there is such a command."""
    from django.core.management import get_commands

    if len(words) > 1 and f"{words[0]}_{words[1]}" in get_commands():
        return [f"{words[0]}_{words[1]}", *words[2:]]
    return list(words)


def overview() -> str:
    """List the commands of the house, each with the line that explains it."""
    from django.core.management import get_commands, load_command_class

    from alongside.decisions.command import help as count_help
    from alongside.decisions.opinions_command import help as opinions_help
    from alongside.decisions.recount_command import help as recount_help
    from alongside.rewards.draw_command import help as draw_help

    helps = {
        name.replace("_", " "): load_command_class(room, name).help
        for name, room in get_commands().items()
        if room.startswith("alongside.")
    }
    plain = {"count": count_help, "recount": recount_help, "opinions": opinions_help, "draw": draw_help}
    lines = [f"  alongside {name:<20} {said}" for name, said in sorted({**helps, **plain}.items())]
    return "\n".join(["What Alongside can do (add --help to any of these):", "", *lines])


if __name__ == "__main__":
    main()
