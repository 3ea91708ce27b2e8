import { assertEquals, assertNotEquals } from "@std/assert";
import { type Experiment, normalForm } from "lib/experiments/mod.ts";
import { defaults } from "lib/experiments/normal_form.ts";
import { experimentForm } from "lib/training/mod.ts";
import { type Case, cases, outcomeOf, shortExperiment } from "../support/option_cases.ts";

// deno-lint-ignore no-explicit-any -- the form is data
type Any = any;
type Edit = (options: Any, fields: Any, key: string) => unknown;

/** A value of a form, with every record edited that has the option at a place. */
function edited(form: Any, value: Any, path: readonly string[], edit: Edit): Any {
  if (form.is === "list") return value.map((v: Any) => edited(form.of, v, path, edit));
  if (form.is === "variants") {
    const [kind, ...rest] = path;
    return value.kind === kind ? editedIn(form.of[kind], value, rest, edit) : value;
  }
  return editedIn(form.fields, value, path, edit);
}

function editedIn(fields: Any, value: Any, [key, ...rest]: readonly string[], edit: Edit): Any {
  if (rest.length === 0) return edit(value, fields, key);
  if (value[key] === undefined) return value;
  return { ...value, [key]: edited(fields[key], value[key], rest, edit) };
}

/** What the named models leave out: they stand for layers, where these are the defaults. */
const ofNamedModels: Record<string, unknown> = {
  layers: 1,
  delay: 0,
  pyramid: false,
  peephole: false,
  blankBias: 0,
  init: { kind: "random" },
};

/** The default of an option at a place. */
function defaultAt(place: string, fields: Any, key: string): unknown {
  if (/^model\.(blstm|lstm|ffnn)\.\w+$/.test(place)) return ofNamedModels[key];
  return defaults.get(fields)?.[key];
}

/** The places of all options that may be left out, and whether they have a default. */
function optionalPlaces(form: Any, path = "", entered = new Set()): [string, boolean][] {
  const under = (fields: Any, at: string): [string, boolean][] =>
    Object.entries<Any>(fields).flatMap(([key, f]) => {
      const place = at === "" ? key : `${at}.${key}`;
      const here: [string, boolean] = [place, defaultAt(place, fields, key) !== undefined];
      return [...("optional" in f ? [here] : []), ...optionalPlaces(f, place, entered)];
    });
  if (form.is === "record") return under(form.fields, path);
  if (form.is === "list") return optionalPlaces(form.of, path, entered);
  if (form.is !== "variants" || entered.has(form.of)) return [];
  entered.add(form.of);
  return Object.entries<Any>(form.of).flatMap(([kind, f]) => under(f, `${path}.${kind}`));
}

const places = optionalPlaces(experimentForm);
/** Options of corpora in folders, which no test has to train on. */
const inFolders = /^corpus\.(timit|digits|recordings)\./;
const withDefault = places.filter(([place, has]) => has && !inFolders.test(place))
  .map(([place]) => place);
const bases: Record<string, Pick<Case, "base">> = {
  ...cases,
  "corpus.voices.features": cases["corpus.voices.stack"],
  "evaluations.timing.at": cases["evaluations.timing.at.blankShift"],
  "evaluations.timing.gradients": cases["evaluations.timing.at.blankShift"],
  "evaluations.errors.fold": cases["evaluations.errors.fold.from"],
  "evaluations.errors.decoders": cases["evaluations.errors.fold.from"],
  "model.ffnn.init": { base: { corpus: { kind: "words" }, model: { kind: "ffnn" } } },
};

Deno.test("every option that may be left out has a default, but those that leave something out", () => {
  assertEquals(
    places.filter(([_, has]) => !has).map(([place]) => place),
    [
      "voices.noise",
      "voices.vocabulary",
      ...["timit.augment", "timit.augment.warps", "timit.augment.snr"],
      ...["digits.augment", "digits.augment.warps", "digits.augment.snr", "recordings.labels"],
      ...["recordings.augment", "recordings.augment.warps", "recordings.augment.snr"],
    ].map((place) => `corpus.${place}`).concat([
      "criterion.full-sum.prior",
      "criterion.full-sum.transitions",
      "criterion.full-sum.normalizedGradient",
      "optimizer.schedule",
      "stopAtPer",
      "evaluations.split",
      "evaluations.alignment",
      "evaluations.alignments",
      "evaluations.frames",
      "evaluations.frames.places",
      "evaluations.timing",
      "evaluations.errors",
      "evaluations.errors.fold.to",
      "evaluations.errors.separator",
    ]),
  );
});

Deno.test("options of corpora in folders mean the same left out and written at their defaults", () => {
  const found = places.filter(([place, has]) => has && inFolders.test(place));
  assertEquals(found.length, 38);
  for (const [place] of found) {
    const path = place.split("."), kind = path[1] as "timit";
    const whole = path.length === 3 ? {} : { features: {} };
    const experiment = shortExperiment({ corpus: { kind, ...whole } });
    const written = edited(experimentForm, experiment, path, (options, fields, key) => {
      const usual = defaultAt(place, fields, key);
      return { ...options, [key]: typeof usual === "function" ? usual(options) : usual };
    });
    const plain = shortExperiment({ corpus: { kind } });
    assertEquals(normalForm(written), normalForm(plain), place);
  }
});

for (const place of withDefault) {
  Deno.test(`${place} written out at its default trains to the same bits, and means the same`, async () => {
    const experiment = shortExperiment(bases[place].base);
    const edit = (what: Edit): Experiment =>
      edited(experimentForm, experiment, place.split("."), what);
    let written = 0;
    const [without, at] = [
      edit(({ ...options }, _, key) => {
        delete options[key];
        return options;
      }),
      edit((options, fields, key) => {
        const usual = defaultAt(place, fields, key);
        written++;
        const value = typeof usual === "function" ? usual(options, experiment) : usual;
        return { ...options, [key]: value };
      }),
    ];
    assertEquals(written > 0, true);
    assertEquals(normalForm(at), normalForm(without));
    assertEquals(await outcomeOf(at), await outcomeOf(without));
  });
}

Deno.test("every option at another value means something else, and its name alone nothing", () => {
  for (const [place, { base, change }] of Object.entries(cases)) {
    const experiment = shortExperiment(base);
    const [one, other] = [experiment, { ...experiment, ...change }].map(normalForm);
    if (place === "name") assertEquals(one, other);
    else assertNotEquals(one, other, place);
  }
});

Deno.test("full-sum with its defaults, left out or written, is ctc: same bits, same normal form", async () => {
  const ctc = shortExperiment({ criterion: { kind: "ctc" } });
  const written = {
    kind: "full-sum",
    topology: "ctc",
    posteriorScale: 1,
    transitionScale: 0,
    separatedBlank: false,
    labelSmoothing: 0,
  } as const;
  for (const criterion of [{ kind: "full-sum" }, written] as const) {
    const fullSum = { ...ctc, criterion };
    assertEquals(normalForm(fullSum), normalForm(ctc));
    assertEquals(await outcomeOf(fullSum), await outcomeOf(ctc));
  }
});

Deno.test("a named model is the layers that it stands for: same bits, same normal form", async () => {
  const bothWays = (hidden: number) =>
    ({ kind: "bidirectional", of: { kind: "lstm", hidden } }) as const;
  const linear = { kind: "linear" } as const;
  for (
    const [named, written] of [
      [{ kind: "blstm", hidden: 3, layers: 2 }, {
        kind: "layers",
        layers: [bothWays(3), bothWays(3), linear],
      }],
      [{ kind: "lstm", hidden: 3, delay: 2 }, {
        kind: "delay",
        frames: 2,
        of: { kind: "layers", layers: [{ kind: "lstm", hidden: 3 }, linear] },
      }],
      [{ kind: "rnn", hidden: 3 }, {
        kind: "layers",
        layers: [{ kind: "rnn", hidden: 3 }, { ...linear, size: 7 }],
      }],
    ] as const
  ) {
    const [one, other] = [shortExperiment({ model: named }), shortExperiment({ model: written })];
    assertEquals(normalForm(other), normalForm(one));
    assertEquals(await outcomeOf(other), await outcomeOf(one));
  }
});

Deno.test("full-sum with nothing but label smoothing is ctc with it: same bits, same normal form", async () => {
  const [ctc, fullSum] = (["ctc", "full-sum"] as const).map((kind) =>
    shortExperiment({ criterion: { kind, labelSmoothing: 0.1 } })
  );
  assertEquals(normalForm(fullSum), normalForm(ctc));
  assertEquals(await outcomeOf(fullSum), await outcomeOf(ctc));
  assertNotEquals(normalForm(ctc), normalForm(shortExperiment({ criterion: { kind: "ctc" } })));
});

Deno.test("an alignment's topology defaults to that of the criterion", async () => {
  const of = (topology: "ctc" | "hmm", alignment: { topology?: "ctc" | "hmm" }) => {
    const [grid] = shortExperiment().evaluations;
    return shortExperiment({
      corpus: { kind: "words", words: ["aab"] },
      criterion: { kind: "full-sum", topology },
      evaluations: [{ ...grid, alignment }],
    });
  };
  for (const [topology, other] of [["ctc", "hmm"], ["hmm", "ctc"]] as const) {
    const [left, same, different] = [
      of(topology, {}),
      of(topology, { topology }),
      of(topology, { topology: other }),
    ];
    assertEquals(normalForm(same), normalForm(left));
    assertEquals(await outcomeOf(same), await outcomeOf(left));
    assertNotEquals(normalForm(different), normalForm(left));
    assertNotEquals(await outcomeOf(different), await outcomeOf(left));
  }
});

Deno.test("normalForm() leaves the experiment as it is, and a normal form too", () => {
  for (const { base } of Object.values(cases)) {
    const experiment = shortExperiment({ ...base, stopAtPer: undefined });
    const before = structuredClone(experiment);
    const normal = normalForm(experiment);
    assertEquals(experiment, before);
    assertEquals(Object.hasOwn(normal, "stopAtPer"), false);
    const again = { ...normal, name: "again" } as Experiment;
    assertEquals(normalForm(again), normal);
  }
});
