"""What the fault sweep writes: each format once, in the shapes that an output may have."""

import district
import faults_inputs as inputs


class Target:
    """A conversion into one kind of output, which replaces an older one unless it is fresh."""

    def __init__(self, to, output, content, old=None, options=(), name=None):
        self.to, self.output, self.content, self.old = to, output, content, old
        self.options = options
        shape = output.partition(".")[2] or "folder"
        self.name = name or f"{to} {shape}"

    @property
    def fresh(self):
        return self.old is None


def package(name, results=3_000, people=300, noise=False):
    return inputs.oneroster(name, results, people, noise)


def packed(*numbers, noise=False):
    """The same in a zip, which is read with fewer calls than a folder."""
    return {"p.zip": district.zipped(package(*numbers, noise=noise))}


def file(name, content):
    return {name: content}


UNALIGNED = ["--option", "unaligned=keep"]
SMALL = package("Dale", 40, 4)
OLD_GRADEBOOK = file("g.csv", inputs.gradebook("Dale", 5))

TARGETS = [
    Target("oneroster-1.2", "out", package("Hill"), SMALL),
    Target("oneroster-1.2", "out.zip", packed("Hill", 5_000, noise=True), SMALL),
    Target("oneroster-1.1", "out.zip", packed("Hill"), SMALL),
    Target("oneroster-1.0", "out", packed("Hill", 20, 3_000), SMALL),
    Target("canvas-gradebook", "out.csv", file("g.csv", inputs.gradebook("Hill", 8_000)),
           OLD_GRADEBOOK),
    Target("canvas-gradebook", "out.csv.gz", file("g.csv", inputs.gradebook("Hill", 8_000)),
           OLD_GRADEBOOK),
    Target("canvas-mastery", "out.csv", file("m.csv", inputs.mastery("Hill", 5_000)),
           file("m.csv", inputs.mastery("Dale", 5))),
    Target("canvas-outcomes", "out.csv", file("o.csv", inputs.outcomes("Hill", 4_000)),
           file("o.csv", inputs.outcomes("Dale", 5))),
    Target("canvas-sis", "out", packed("Hill", 20, 3_000), SMALL),
    Target("moodle-grades", "out.csv", packed("Hill"), SMALL),
    Target("moodle-grades-xml", "out.xml", packed("Hill", 4_000, 200), SMALL),
    Target("moodle-outcomes", "out.csv", file("o.csv", inputs.moodle_outcomes("Hill", 4_000)),
           file("o.csv", inputs.moodle_outcomes("Dale", 5))),
    Target("moodle-competencies", "out.csv", file("c.csv", inputs.competencies("Hill", 4_000)),
           file("c.csv", inputs.competencies("Dale", 5))),
    Target("xapi", "out.ndjson", file("x.ndjson", inputs.statements("u", 3_000)),
           file("x.ndjson", inputs.statements("v", 9))),
    Target("cbl", "out", packed("Hill"), SMALL),
    Target("cbl", "out.zip", packed("Hill", 5_000, noise=True), SMALL),
    Target("cbl-ndjson", "out.ndjson", packed("Hill"), SMALL),
    Target("evidence", "out.csv", file("x.ndjson", inputs.statements("u", 8_000)),
           file("x.ndjson", inputs.statements("v", 9)), UNALIGNED),
    Target("evidence-ndjson", "out.ndjson", packed("Hill"), SMALL, UNALIGNED),
    Target("evidence", "out.csv", packed("Hill"),
           options=UNALIGNED, name="evidence csv, nothing before, from a zip"),
    Target("cbl", "out", packed("Hill"), name="cbl folder, nothing before"),
]
