"""assessment_peer.py FOLDER PERSONS ITEMS: other packages on the bytes of assessment-benchmark.

Prints one JSON line for each task; a package that is missing is named on standard error.
"""

import json
import os
import sys
import time

import numpy


def told(task, work):
    """Runs a task and prints its CPU seconds and figure."""
    try:
        started = time.process_time()
        figure = work()
        spent = time.process_time() - started
    except ImportError as missing:
        print(f"{task}: {missing}", file=sys.stderr)
        return
    print(json.dumps({"task": task, "cpu": spent, "figure": float(figure)}), flush=True)


def main():
    folder, persons, items = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    answers = numpy.fromfile(os.path.join(folder, "answers.u8"), dtype=numpy.uint8)
    answers = answers.reshape(items, persons)
    pair = numpy.fromfile(os.path.join(folder, "pair.u16"), dtype=numpy.uint16).reshape(-1, 2)
    four = numpy.fromfile(os.path.join(folder, "four.u16"), dtype=numpy.uint16).reshape(-1, 4)

    def kappa():
        from sklearn.metrics import cohen_kappa_score
        return cohen_kappa_score(pair[:, 0], pair[:, 1], weights="quadratic")

    def alpha():
        import krippendorff
        return krippendorff.alpha(four.T.astype(float), level_of_measurement="interval")

    fitted = {}

    def two_parameters():
        from girth import twopl_mml
        fitted.update(twopl_mml(answers.astype(int)))
        return fitted["Discrimination"].mean()

    def eap():
        from girth import ability_eap
        if not fitted:
            raise ImportError("no fit to score with")
        return ability_eap(answers.astype(int), fitted["Difficulty"],
                           fitted["Discrimination"]).sum()

    told("kappa", kappa)
    told("krippendorff", alpha)
    told("girth-2pl", two_parameters)
    told("girth-eap", eap)


main()
