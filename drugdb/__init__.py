"""The knowledge of rlscheck: curated CSV files, built into one SQLite file and read from it."""
