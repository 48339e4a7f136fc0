"""The People table of a cohort, as a run reads it."""

from upwell.programs.services.table import CohortTable, people_of, read_table, told

__all__ = ["CohortTable", "people_of", "read_table", "told"]
