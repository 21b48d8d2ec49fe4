"""The inputs and faults that a converter meets, by number, each with what has to happen."""

import harness
import inputs_archives
import inputs_files
import inputs_systems
import inputs_tables

suite = harness.Suite("inputs and faults")
for part in (inputs_tables, inputs_files, inputs_archives, inputs_systems):
    part.add(suite)
suite.cases.sort(key=lambda case: int(case[0]))

if __name__ == "__main__":
    harness.main(suite)
