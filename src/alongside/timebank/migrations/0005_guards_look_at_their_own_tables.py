"""On PostgreSQL guards look at the ledger's own tables, whatever tables somebody with a shell has made beside them."""

from django.db import migrations

from alongside.timebank.ledger import install


class Migration(migrations.Migration):
    dependencies = [("timebank", "0004_entries_say_of_what")]

    operations = [
        migrations.RunPython(install.remove, migrations.RunPython.noop),
        migrations.RunPython(install.install, install.remove),
    ]
