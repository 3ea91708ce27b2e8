import { reference } from "./contenders.ts";
import { disagreement, expectedCheck } from "./expected.ts";
import { type Peer, PeerError } from "./peer.ts";
import type { Row, WorkloadResult } from "./results.ts";
import { summarize } from "./summary.ts";
import type { Workload } from "./workloads.ts";

/** How long things may take, milliseconds. */
export interface Budgets {
  /** Calls before the first round, so that compilers have seen the code. */
  readonly warmup: number;
  /** One contender's turn in one round. */
  readonly turn: number;
  /** All turns of a contender; who is past it sits out what follows its third, or its first call that takes twice as long. */
  readonly total: number;
}

/** A workload's times, and what each contender found in its first steps. */
export interface Measured {
  readonly result: WorkloadResult;
  readonly checks: ReadonlyMap<string, readonly number[]>;
  /** The ceiling beside each contender's turns, 10⁹ operations a second, where it is measured. */
  readonly ceilings: ReadonlyMap<string, readonly number[]>;
}

/**
 * Measures a workload: every contender makes it ready and shows that it does the same work, then
 * they take turns for `rounds` rounds.
 *
 * @param onTurn Told after every turn.
 */
export async function measureWorkload(
  { name, title, task }: Workload,
  peers: readonly Peer[],
  rounds: number,
  budgets: Budgets,
  onTurn: () => void = () => {},
): Promise<Measured> {
  const times = new Map<Peer, number[]>();
  const failures = new Map<Peer, string>();
  const checks = new Map<string, readonly number[]>();
  const ceilings = new Map<string, number[]>();
  const expected = new Map<string, readonly number[] | undefined>();

  for (const peer of inOrderOfTrust(peers)) {
    const { contender } = peer;
    try {
      const start = performance.now();
      const reply = await peer.ask({ workload: task });
      const took = performance.now() - start;
      if (!("check" in reply)) continue;
      checks.set(contender.id, reply.check);
      const kind = contender.crossEntropy ? "cross-entropy" : "ours";
      if (!expected.has(kind)) {
        expected.set(kind, expectedCheck(contender, name, task, checks.get("ours-plain")));
      }
      const wrong = disagreement(reply.check, expected.get(kind) ?? [], contender.single);
      if (wrong !== undefined) {
        failures.set(peer, `wrong result, ${wrong}`);
        continue;
      }
      times.set(peer, []);
      if (took < 10 * budgets.warmup) await peer.ask({ budget: budgets.warmup });
    } catch (error) {
      failures.set(peer, reasonOf(error));
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [peer, ms] of times) {
      const spent = ms.reduce((sum, each) => sum + each, 0);
      if (spent > budgets.total && (round >= 3 || ms[0] > 2 * budgets.total)) {
        onTurn();
        continue;
      }
      try {
        const reply = await peer.ask({ budget: budgets.turn });
        if ("ms" in reply) {
          ms.push(...reply.ms);
          const { id } = peer.contender, { ceiling } = reply;
          if (ceiling !== undefined) ceilings.set(id, [...ceilings.get(id) ?? [], ceiling]);
        }
      } catch (error) {
        failures.set(peer, reasonOf(error));
        times.delete(peer);
      }
      onTurn();
    }
  }
  return { result: { name, title, rows: rowsOf(peers, times, failures) }, checks, ceilings };
}

/** Plain TypeScript is what the others are held against, so it comes first. */
function inOrderOfTrust(peers: readonly Peer[]): Peer[] {
  const plain = ({ contender }: Peer) => contender.id === "ours-plain" ? 0 : 1;
  return peers.toSorted((a, b) => plain(a) - plain(b));
}

function rowsOf(
  peers: readonly Peer[],
  times: ReadonlyMap<Peer, readonly number[]>,
  failures: ReadonlyMap<Peer, string>,
): Row[] {
  const summaries = new Map([...times].map(([peer, ms]) => [peer, summarize(ms)]));
  const ours = peers.find(({ contender }) => contender.id === reference);
  const unit = ours && summaries.get(ours)?.medianMs;
  return peers.flatMap((peer): Row[] => {
    const contender = peer.contender.id;
    const failed = failures.get(peer), summary = summaries.get(peer);
    if (failed !== undefined) return [{ contender, failed }];
    if (summary === undefined) return [];
    return [{ contender, ...summary, ...(unit ? { ratio: summary.medianMs / unit } : {}) }];
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof PeerError) return error.message;
  throw error;
}
