/**
 * Checks the gradients of BLSTM and LSTM through CTC: the write-up's sample of weights, then every
 * weight and every input value.
 *
 * @module
 */
import type { GradcheckReport } from "lib/gradcheck.ts";
import { sampledErrors } from "lib/studies/gradients/published.ts";
import { tinyGradcheck } from "lib/studies/gradients/tiny_gradcheck.ts";
import { flag, parseOptions } from "./args.ts";
import { print } from "./print.ts";
import { runTask } from "./run_task.ts";

const LIMIT = 2e-7;

const { json } = parseOptions(
  "gradcheck",
  "Checks the gradients of BLSTM and LSTM, through CTC and back, against differences of the loss.",
  { json: flag({ help: "print one line of JSON: the check of every weight and input value" }) },
);

await runTask("gradcheck", () => {
  const reports = { blstm: tinyGradcheck("blstm"), lstm: tinyGradcheck("lstm") };
  const brief = ({ maxRelativeError, checked }: GradcheckReport) => ({ maxRelativeError, checked });
  if (json) {
    print(JSON.stringify({
      blstm: brief(reports.blstm.complete),
      lstm: brief(reports.lstm.complete),
    }));
  } else {
    print("Largest relative error of the gradients, K = 3, F = 4, H = 6, two sequences\n");
    print("model  check                                          ours  entries  write-up");
    for (const kind of ["blstm", "lstm"] as const) {
      const { sampled, complete } = reports[kind];
      const theirs = sampledErrors[kind].maxRelativeError.toExponential(2);
      const name = kind.toUpperCase().padEnd(5);
      print(`${name}  12 per tensor, 3 points, |n-a| / (|n|+|a|)  ${line(sampled)}  ${theirs}`);
      print(`${name}  all, 5 points, |n-a| / max(|n|+|a|, 1e-4)  ${line(complete)}  –`);
    }
  }
  const worst = Math.max(
    reports.blstm.complete.maxRelativeError,
    reports.lstm.complete.maxRelativeError,
  );
  if (!(worst <= LIMIT)) {
    console.error(`gradcheck: the largest error is ${worst}: expected at most ${LIMIT}`);
    return 1;
  }
});

function line({ maxRelativeError, checked }: GradcheckReport): string {
  return `${maxRelativeError.toExponential(2)}  ${String(checked).padStart(7)}`;
}
