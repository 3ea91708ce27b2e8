"""The peers' side of the conversation with bench/main.ts: one JSON value per line, in and out."""

import json
import sys
import time


def serve(hello, prepare):
    """Answers requests until stdin ends.

    `prepare(workload)` gives (check, run): numbers that show that the work is the same, and a
    function without arguments whose calls are timed; or None for a workload it does not do.
    """
    say(hello)
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        if "workload" in request:
            run = None  # lets go of the last one first
            prepared = prepare(request["workload"])
            if prepared is None:
                say({"skipped": True})
            else:
                check, run = prepared
                say({"check": check})
        else:
            say({"ms": measure(run, request["budget"])})


def measure(run, budget):
    """Milliseconds per call, sample by sample, until `budget` ms are over; at least one.

    Short calls are timed several at once, and after a warm-up.
    """
    first = elapsed(run, 1)
    repeats = 1 if first >= 1 else min(1000, int(1 / max(first, 1e-3)) + 1)
    if first < budget / 4:
        elapsed(run, repeats)
        samples, spent = [], 0
    else:
        samples, spent = [first], first
    while spent < budget:
        took = elapsed(run, repeats)
        spent += took
        samples.append(took / repeats)
    return samples


def elapsed(run, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return 1e3 * (time.perf_counter() - start)


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()
