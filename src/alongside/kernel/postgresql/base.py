"""Django's PostgreSQL backend, but grouping by every selected column.

Django leans on "the primary key decides the rest of the row" when it writes GROUP BY. On a
distributed table the primary key is (community, id) and PostgreSQL no longer accepts that.
"""

from django.db.backends.postgresql import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    allows_group_by_selected_pks = False


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
