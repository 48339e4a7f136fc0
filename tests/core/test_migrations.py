"""New databases take the short way to the tables; older ones go on where they are."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

SHORT = {
    key: migration.replaces
    for key, migration in MigrationLoader(None).replacements.items()
    if key[0] in {"delivery", "pairs", "people", "programs"}
}


def plan_where(*forgotten):
    """What `migrate` does in a database that knows nothing of these steps."""
    for app, name in forgotten:
        MigrationRecorder.Migration.objects.filter(app=app, name=name).delete()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(step.app_label, step.name) for step, _backwards in plan]


def models_after(steps, *, long=False):
    models = MigrationLoader(None, replace_migrations=not long).project_state(steps).models
    return {key: (model, list(model.fields)) for key, model in models.items()}


def steps_after(short):
    """What came to the app once there was the short way."""
    known = {short, *SHORT[short]}
    steps = MigrationLoader(None).disk_migrations
    return sorted(key for key in steps if key[0] == short[0] and key not in known)


def test_both_ways_lead_to_the_same_models():
    short = models_after(list(SHORT))
    long = models_after([steps[-1] for steps in SHORT.values()], long=True)

    assert len(SHORT) == 4
    assert {app for app, _model in long} == {app for app, _step in SHORT}
    assert short == long


@pytest.mark.django_db
def test_a_database_that_took_every_step_is_up_to_date():
    assert plan_where(*SHORT) == []


@pytest.mark.django_db
@pytest.mark.parametrize("short", sorted(SHORT))
def test_a_database_in_between_takes_the_steps_that_it_lacks(short):
    lacking = [SHORT[short][-1], *steps_after(short)]

    plan = plan_where(*SHORT, *lacking)

    assert plan == lacking
