"""assessment_peer.py FOLDER PERSONS ITEMS: other packages on the bytes of assessment-benchmark.

Prints one JSON line for each task; a package that is missing is named on standard error. Where a
peer would take many minutes it gets a part of the work, and the line says which part: its CPU is
then what that part took, divided by it.
"""

import importlib
import json
import os
import sys
import time
import warnings

import numpy

warnings.filterwarnings("ignore")


def cpu():
    """CPU seconds of this process and of the processes that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def told(task, work, needs, part=1.0):
    """Runs a task and prints its CPU seconds and figure; what it imports is not counted."""
    try:
        importlib.import_module(needs)
        started = cpu()
        figure = work()
        spent = cpu() - started
    except ImportError as missing:
        print(f"{task}: {missing}", file=sys.stderr)
        return
    except Exception as failure:  # a peer that fails must not stop the others
        print(f"{task}: {type(failure).__name__}: {failure}", file=sys.stderr)
        return
    print(json.dumps({"task": task, "cpu": spent / part, "figure": float(figure), "part": part}),
          flush=True)


def read(folder, name, kind):
    return numpy.fromfile(os.path.join(folder, name), dtype=kind)


def ratings(folder):
    pair = read(folder, "pair.u16", numpy.uint16).reshape(-1, 2)
    four = read(folder, "four.u16", numpy.uint16).reshape(-1, 4)

    def kappa():
        from sklearn.metrics import cohen_kappa_score
        return cohen_kappa_score(pair[:, 0], pair[:, 1], weights="quadratic")

    def alpha():
        import krippendorff
        return krippendorff.alpha(four.T.astype(float), level_of_measurement="interval")

    def correlation():
        import pandas
        import pingouin
        rows = 1_000
        table = pandas.DataFrame({
            "work": numpy.repeat(numpy.arange(rows), 4), "rater": numpy.tile(numpy.arange(4), rows),
            "score": four[:rows].reshape(-1).astype(float)})
        found = pingouin.intraclass_corr(table, "work", "rater", "score")
        return found["ICC"].iloc[1]

    def comparison():
        import choix
        wins = read(folder, "wins.u16", numpy.uint16).reshape(-1, 2)
        found = choix.ilsr_pairwise(1_000, [tuple(row) for row in wins.tolist()], alpha=0.01)
        return found.max() - found.min()

    told("kappa", kappa, "sklearn.metrics")
    told("krippendorff", alpha, "krippendorff")
    told("pingouin-icc", correlation, "pingouin", part=0.04)
    told("choix", comparison, "choix")


def skills(folder):
    import pandas

    def factors():
        from sklearn.linear_model import LogisticRegression
        answers = read(folder, "short.u8", numpy.uint8)
        skill = read(folder, "short-skills.i32", numpy.int32)
        learner = read(folder, "short-learners.i32", numpy.int32)
        frame = pandas.DataFrame({"s": skill, "l": learner, "y": answers})
        right = frame.groupby(["s", "l"])["y"].cumsum() - frame["y"]
        before = frame.groupby(["s", "l"]).cumcount()
        total = 0.0
        for one in range(skill.max() + 1):
            rows = (frame["s"] == one).to_numpy()
            x = numpy.column_stack([right[rows], (before - right)[rows]])
            model = LogisticRegression(C=1e9, tol=1e-8, max_iter=1000).fit(x, answers[rows])
            p = model.predict_proba(x)[numpy.arange(rows.sum()), answers[rows]]
            total += numpy.log(p).sum()
        return total

    def tracing():
        from pyBKT.models import Model
        # Two of twenty skills.
        skill = read(folder, "practice-skills.i32", numpy.int32)
        rows = skill < 2
        frame = pandas.DataFrame({
            "user_id": read(folder, "practice-learners.i32", numpy.int32)[rows],
            "skill_name": skill[rows].astype(str),
            "correct": read(folder, "practice.u8", numpy.uint8)[rows].astype(int)})
        model = Model(seed=1, num_fits=1)
        model.fit(data=frame)
        return model.params().loc[("0", "learns", "default"), "value"]

    told("sklearn-pfa", factors, "sklearn.linear_model")
    told("pyBKT", tracing, "pyBKT.models", part=0.1)


def items(folder, persons, count):
    answers = read(folder, "answers.u8", numpy.uint8).reshape(count, persons)
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

    def maximum():
        from girth import ability_mle
        if not fitted:
            raise ImportError("no fit to score with")
        return ability_mle(answers[:, :1_000].astype(int), fitted["Difficulty"],
                           fitted["Discrimination"]).sum()

    told("girth-2pl", two_parameters, "girth")
    told("girth-eap", eap, "girth")
    told("girth-ml", maximum, "girth", part=1_000 / persons)


def adaptive():
    def simulation():
        from catsim.estimation import NumericalSearchEstimator
        from catsim.initialization import FixedPointInitializer
        from catsim.selection import MaxInfoSelector
        from catsim.simulation import Simulator
        from catsim.stopping import MinErrorStopper
        try:
            from catsim.stopping import MaxItemStopper as Longest
        except ImportError:
            from catsim.stopping import TestLengthStopper as Longest
        del MinErrorStopper
        chance = numpy.random.default_rng(1)
        bank = numpy.column_stack([
            1 + chance.uniform(size=500), 1.3 * chance.normal(size=500), numpy.zeros(500),
            numpy.ones(500)])
        try:
            from catsim.item_bank import ItemBank
            bank = ItemBank(bank)
        except ImportError:
            pass
        truth = chance.normal(size=200)
        simulator = Simulator(bank, truth, FixedPointInitializer(0.0), MaxInfoSelector(),
                              NumericalSearchEstimator(), Longest(20))
        simulator.simulate()
        found = numpy.array([list(one)[-1] for one in simulator.estimations])
        return numpy.sqrt(((found - truth) ** 2).mean())

    told("catsim", simulation, "catsim.simulation", part=0.02)


def main():
    folder, persons, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    ratings(folder)
    skills(folder)
    adaptive()
    items(folder, persons, count)


if __name__ == "__main__":
    main()
