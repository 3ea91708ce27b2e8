// Every option of an experiment changes what it should, and nothing else: what the table forgets
// fails the first test.
import { assertEquals } from "@std/assert";
import { experimentForm } from "lib/training/mod.ts";
import {
  cases,
  optionsOf,
  outcomeOf,
  type Part,
  shortExperiment,
} from "../support/option_cases.ts";

Deno.test("the table has every option that an experiment has, and no other", () => {
  // Corpora in folders are opened in tests/corpora, and their defaults held in normal_form_test.ts.
  const options = optionsOf(experimentForm)
    .filter((option) => !/^corpus\.(timit|digits|recordings)\./.test(option));
  assertEquals(Object.keys(cases).sort(), options.sort());
});

for (const [place, { base, change, changes, either = [] }] of Object.entries(cases)) {
  const what = changes.length === 0 ? "nothing" : changes.join(", ");
  Deno.test(`${place} changes ${what}, and nothing else`, async () => {
    const before = shortExperiment(base);
    const [one, other] = [await outcomeOf(before), await outcomeOf({ ...before, ...change })];
    const changed = (Object.keys(one) as Part[]).filter((part) => one[part] !== other[part]);
    assertEquals(
      changed.filter((part) => !either.includes(part)).sort(),
      changes.toSorted(),
    );
  });
}
