"""Lays in the functions and triggers that post and protect. See timebank/ledger/README.md."""

from django.db import migrations

from alongside.timebank.ledger import install


class Migration(migrations.Migration):
    dependencies = [("timebank", "0001_time_bank"), ("kernel", "0001_initial")]

    operations = [migrations.RunPython(install.install, install.remove)]
