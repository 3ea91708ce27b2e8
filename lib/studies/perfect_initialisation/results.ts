import { Training } from "../../training/mod.ts";
import { type Case, cases, experiment, type Method, methods, SEEDS } from "./experiment.ts";
import { type BiasGradient, biasGradient, spread, type Start, starts } from "./gradient.ts";

/** A training under way, an entry per evaluation. */
export type Course = readonly {
  readonly iter: number;
  /** Label error rate, %. */
  readonly per: number;
  /** Time stamp error, frames. */
  readonly tse: number;
  /** Largest minus smallest entry of b. */
  readonly spread: number;
}[];

/** What the study found. */
export interface Results {
  /** Before the first step, for several scales c. */
  readonly starts: readonly Start[];
  /** At W = 1, b = 0. */
  readonly gradient: BiasGradient;
  /** Trainings by case and method, one a seed. */
  readonly courses: Readonly<Record<Case, Readonly<Record<Method, readonly Course[]>>>>;
}

/** Computes everything: it needs no stored runs, and takes half a minute. */
export async function results(): Promise<Results> {
  const courses = {} as Record<Case, Record<Method, Course[]>>;
  for (const name of Object.keys(cases) as Case[]) {
    courses[name] = {} as Record<Method, Course[]>;
    for (const method of Object.keys(methods) as Method[]) {
      courses[name][method] = [];
      for (let seed = 0; seed < SEEDS; seed++) {
        courses[name][method].push(await courseOf(name, method, seed));
      }
    }
  }
  return { starts: starts([0, 1, 2, 5, 10]), gradient: biasGradient(1), courses };
}

/** One training, from W = c · 1. */
export async function courseOf(name: Case, method: Method, seed: number): Promise<Course> {
  const training = new Training(experiment(cases[name], method, seed));
  const course = [];
  for await (const { iter, per, alignment } of training.rows()) {
    const { tse = NaN } = alignment!;
    course.push({ iter, per: 100 * per, tse, spread: spread(training.params.b.data) });
  }
  return course;
}
