"""Once laid in the functions and triggers that post and protect; migration 0004 does so now, for the tables as they are.

Laid in here as well, they would speak of columns that are not there yet, and SQLite then alters no table at all.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("timebank", "0001_time_bank"), ("kernel", "0001_initial")]

    operations = []
