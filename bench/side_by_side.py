#!/usr/bin/env python3
"""Times whole processes in turn (A, B, A, B, …) and prints one Markdown row: medians, the median of the pairs' ratios, peak memory.

  side_by_side.py LABEL [--inverse] [--runs N] -- COMMAND_A … -- COMMAND_B …

The ratio is B / A: how many times faster A is; with --inverse A / B: how many times as long A takes. Only the standard library.
"""
import os, statistics, sys, time


def run(command):
    start = time.perf_counter()
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
    _, status, usage = os.wait4(pid, 0)
    os.close(null)
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {status}")
    return (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1024


def main():
    arguments = sys.argv[1:]
    label, runs = arguments.pop(0), 15
    inverse = "--inverse" in arguments[:3]
    if inverse:
        arguments.remove("--inverse")
    if arguments[0] == "--runs":
        runs = int(arguments[1])
        arguments = arguments[2:]
    second = arguments.index("--", 1)
    a, b = arguments[1:second], arguments[second + 1:]
    run(a), run(b)
    pairs = [(run(a), run(b)) for _ in range(runs)]
    ms = [statistics.median(pair[side][0] for pair in pairs) for side in (0, 1)]
    ratio = statistics.median(pair[0][0] / pair[1][0] if inverse else pair[1][0] / pair[0][0] for pair in pairs)
    memory = [max(pair[side][1] for pair in pairs) for side in (0, 1)]
    print(f"| {label} | {ms[0]:.1f} | {ms[1]:.1f} | {ratio:.2f} | {memory[0]:.0f} | {memory[1]:.0f} |")


main()
