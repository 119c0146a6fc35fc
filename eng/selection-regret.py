#!/usr/bin/env python3
"""What the strategies lose on runs that have a test set of their own, as Markdown.

Usage: eng/selection-regret.py [RUNS.jsonl]      (default: ../shared/selection/runs.jsonl beside this checkout)

Each run has 30 evaluations. A strategy sees the training loss and the loss on the first 64 or 256 validation examples,
as if a checkpoint had been saved at each evaluation, and picks one. Its regret is what the test set says of the pick:

    loss    test_loss / the run's lowest test_loss - 1, cut at 200 %
    metric  (the run's highest metric - the pick's) / the run's highest; test_exact in lm-arith, else test_acc

Runs whose highest metric is under 0.1 are left out. Families weigh the same; one
without the larger validation set is left out there. Only the standard library is used.
The scores here follow docs/scoring.md by themselves: the program's own scorer is not called.
"""
import json
import math
import pathlib
import sys

SIZES = ("val64", "val256")


def multi_metric(losses, two_sided=False):
    """0.5 E + 0.3 G + 0.1 P - 0.1 I; T is the record's train_loss, I says whether E is below the evaluation before."""
    best, previous = None, None
    for index, (train, loss) in enumerate(losses):
        gap = 0.0
        if train >= 0 and loss > 0:
            difference = abs(loss - train) if two_sided else max(0.0, loss - train)
            gap = difference / max(loss, 0.001)
        improved = previous is None or loss < previous
        score = 0.5 * loss + 0.3 * gap + 0.1 * min(math.exp(loss) / 20, 1) - (0.1 if improved else 0)
        previous = loss
        if best is None or (score, loss, index) < best:
            best = (score, loss, index)
    return best[2]


def eval_loss(losses):
    return min(range(len(losses)), key=lambda index: (losses[index][1], index))


def plateau(losses, share=0.1):
    lowest, first = min(loss for _, loss in losses), losses[0][1]
    return max(index for index, (_, loss) in enumerate(losses) if loss <= lowest + share * (first - lowest))


STRATEGIES = {
    "multi-metric": multi_metric,
    "multi-metric, two-sided": lambda losses: multi_metric(losses, two_sided=True),
    "eval-loss": eval_loss,
    "plateau:10%": plateau,
    "the last": lambda losses: len(losses) - 1,
}


def read(path):
    families, left_out = {}, 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            run = json.loads(line)
            metric = "test_exact" if run["family"] == "lm-arith" else "test_acc"
            history = run["history"]
            if max(entry[metric] for entry in history) < 0.1:
                left_out += 1
                continue
            families.setdefault(run["family"], []).append((history, metric))
    return families, left_out


def regrets(history, metric, index):
    lowest = min(entry["test_loss"] for entry in history)
    highest = max(entry[metric] for entry in history)
    return min(history[index]["test_loss"] / lowest - 1, 2.0), (highest - history[index][metric]) / highest


def evaluate(runs, size):
    """strategy -> a list of (regret of the loss, regret of the metric, index) in the order of the runs."""
    result = {name: [] for name in STRATEGIES}
    for history, metric in runs:
        losses = [(entry["train_loss"], entry[size][0]) for entry in history]
        for name, choose in STRATEGIES.items():
            index = choose(losses)
            result[name].append((*regrets(history, metric, index), index))
    return result


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def standard_error(values):
    middle = mean(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1) / len(values))


def table(title, header, rows):
    print(f"**{title}**\n")
    print("| " + " | ".join(header) + " |")
    print("|---" + "|--:" * (len(header) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main(path):
    families, left_out = read(path)
    print(f"{sum(len(runs) for runs in families.values())} runs; {left_out} left out (highest metric under 0.1).\n")
    for size in SIZES:
        # A small family's validation set has fewer than 256 examples.
        found = {family: evaluate(runs, size) for family, runs in families.items() if all(size in run[0][0] for run in runs)}
        names = list(found)
        for part, what in ((0, "test loss"), (1, "test metric")):
            rows = []
            for strategy in STRATEGIES:
                means = [mean(pick[part] for pick in found[family][strategy]) for family in names]
                rows.append([f"`{strategy}`" if strategy != "the last" else strategy, *(f"{100 * value:.2f}" for value in means), f"{100 * mean(means):.2f}"])
            table(f"Regret of the {what} in %, chosen on {size}", ["", *(f"{family} ({len(families[family])})" for family in names), "mean of families"], rows)

        rows = []
        for label, compared in (("`multi-metric` − `eval-loss`", "multi-metric"), ("`plateau:10%` − `eval-loss`", "plateau:10%")):
            for part, what in ((0, "loss"), (1, "metric")):
                cells, means, errors = [], [], []
                for family in names:
                    differences = [a[part] - b[part] for a, b in zip(found[family][compared], found[family]["eval-loss"])]
                    means.append(mean(differences))
                    errors.append(standard_error(differences))
                    cells.append(f"{100 * means[-1]:+.2f} ± {100 * errors[-1]:.2f}")
                rows.append([f"{label}, {what}", *cells, f"{100 * mean(means):+.2f} ± {100 * math.sqrt(sum(error ** 2 for error in errors)) / len(errors):.2f}"])
        table(f"Difference in percentage points with its standard error, chosen on {size} (above 0: worse than eval-loss)", ["", *names, "mean of families"], rows)

        rows = []
        for family in names:
            picks = {name: [pick[2] for pick in found[family][name]] for name in ("multi-metric", "eval-loss", "plateau:10%")}
            pairs = list(zip(picks["multi-metric"], picks["eval-loss"]))
            rows.append([
                family,
                *(f"{mean(picks[name]) + 1:.1f}" for name in picks),
                f"{sum(a < b for a, b in pairs)}", f"{sum(a == b for a, b in pairs)}", f"{sum(a > b for a, b in pairs)}",
                f"{100 * mean(entry['train_loss'] > entry[size][0] for history, _ in families[family] for entry in history):.0f} %",
            ])
        table(f"Which of the 30 evaluations is picked, on average, chosen on {size}; in how many runs multi-metric picks an earlier one than eval-loss, the same or a later one; at how many evaluations T > E", ["", "`multi-metric`", "`eval-loss`", "`plateau:10%`", "earlier", "same", "later", "T > E"], rows)


if __name__ == "__main__":
    if len(sys.argv) > 2 or "-h" in sys.argv or "--help" in sys.argv:
        print(__doc__.strip())
        sys.exit(0 if len(sys.argv) == 2 else 2)
    standing = pathlib.Path(__file__).resolve().parents[2] / "shared" / "selection" / "runs.jsonl"
    try:
        main(sys.argv[1] if len(sys.argv) == 2 else standing)
    except OSError as error:
        sys.exit(f"selection-regret: {error}")
