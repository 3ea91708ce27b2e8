/// <reference lib="deno.worker" />
import { openDataSet } from "../corpora/mod.ts";
import { useKernels, withPrecision } from "../numeric/kernels/mod.ts";
import { withWorkspace } from "../numeric/mod.ts";
import { buildSystem } from "./build_system.ts";
import { gradientsOfPiece } from "./pieces.ts";
import { recognised } from "./held_out.ts";
import { copyInto, paramsIn } from "./shared_params.ts";
import type { TeamAnswer, TeamRequest } from "./team.ts";

type Answer = (request: TeamRequest) => TeamAnswer | Promise<TeamAnswer>;

/** Opens the experiment; gives what answers all that follows. */
async function opened(request: TeamRequest): Promise<Answer> {
  if (request.kind !== "open") throw new TypeError("Cannot train as no experiment is open");
  const { experiment, kernels, shapes, gradients, folders } = request;
  useKernels(kernels);
  const data = await openDataSet(experiment.corpus, experiment.seed, folders);
  const system = buildSystem(experiment, data);
  const params = paramsIn(request.weights, shapes);
  const places = gradients.map((room) => paramsIn(room, shapes));
  const answer = (request: TeamRequest): TeamAnswer => {
    switch (request.kind) {
      case "open":
        return { kind: "opened" };
      case "gradients":
        return withWorkspace((alloc) => {
          const { loss, infeasible, grads } = gradientsOfPiece(
            system,
            params,
            request.piece,
            alloc,
          );
          copyInto(places[request.place], grads);
          return { kind: "gradients", loss, infeasible };
        });
      case "recognise":
        return { kind: "recognised", found: recognised(system, params, request.x, request.keep) };
    }
  };
  return (request) => withPrecision(experiment.precision ?? "double", () => answer(request));
}

let answer: Answer | undefined;

self.onmessage = async ({ data }: MessageEvent<TeamRequest>) => {
  let found: TeamAnswer;
  try {
    answer ??= await opened(data);
    found = await answer(data);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    found = { kind: "failed", name, message };
  }
  self.postMessage(found);
};
self.postMessage("listening");
