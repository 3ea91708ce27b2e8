import { assertEquals, assertThrows } from "@std/assert";
import {
  coreTestSpeakers,
  developmentSpeakers,
  fold39,
  fold48,
  foldPhone,
  phoneNames,
  timitInventory,
  timitPhones,
  timitSizes,
} from "lib/corpora/timit.ts";

// Lee & Hon 1989, Table III, line by line: phones of one class, and the class
const classes: Record<string, string> = {
  aa: "aa ao",
  ah: "ah ax ax-h",
  er: "er axr",
  hh: "hh hv",
  ih: "ih ix",
  l: "l el",
  m: "m em",
  n: "n en nx",
  ng: "ng eng",
  sh: "sh zh",
  sil: "h# pau epi bcl dcl gcl kcl pcl tcl",
  uw: "uw ux",
};

Deno.test("fold39() joins the classes of Lee & Hon, and leaves every other phone as it is", () => {
  const joined = new Set(Object.values(classes).join(" ").split(" "));
  for (const [to, phones] of Object.entries(classes)) {
    for (const phone of phones.split(" ")) assertEquals(fold39(phone), to);
  }
  for (const phone of timitPhones) {
    if (!joined.has(phone) && phone !== "q") assertEquals(fold39(phone), phone);
  }
  assertEquals([timitPhones.length, phoneNames("61").length], [61, 61]);
  assertEquals([phoneNames("48").length, phoneNames("39").length], [48, 39]);
});

Deno.test("fold48() keeps apart what Lee & Hon trained on, and fold39() of it is the same class", () => {
  const apart = { ix: "ix", ax: "ax", "ax-h": "ax", ao: "ao", el: "el", en: "en", zh: "zh" };
  for (const [phone, to] of Object.entries(apart)) assertEquals(fold48(phone), to);
  const stops = { bcl: "vcl", dcl: "vcl", gcl: "vcl", kcl: "cl", pcl: "cl", tcl: "cl" };
  for (const [phone, to] of Object.entries(stops)) assertEquals(fold48(phone), to);
  assertEquals(["h#", "pau", "epi"].map(fold48), ["sil", "sil", "epi"]);
  assertEquals(["axr", "em", "eng", "hv", "nx", "ux"].map(fold48), "er m ng hh n uw".split(" "));
  for (const a of timitPhones) {
    for (const b of timitPhones) if (fold48(a) === fold48(b)) assertEquals(fold39(a), fold39(b));
  }
});

Deno.test("the glottal stop has no counterpart, and what is no phone is named", () => {
  assertEquals([fold39("q"), fold48("q"), foldPhone("q", "61")], [undefined, undefined, "q"]);
  for (const phone of ["hu", "sil", "", "AA", "toString"]) {
    const message = `current value is ${JSON.stringify(phone)}`;
    assertThrows(() => fold39(phone), RangeError, message);
    assertThrows(() => fold48(phone), RangeError, message);
  }
});

Deno.test("silence that is left to blank is every phone that folds to it", () => {
  const quiet = timitPhones.filter((phone) => fold39(phone) === "sil");
  for (const set of ["61", "48", "39"] as const) {
    const names = new Set(quiet.map((phone) => foldPhone(phone, set)!));
    const blank = timitInventory(set, "blank"), label = timitInventory(set, "label");
    assertEquals(new Set(blank.silences), names, set);
    assertEquals(blank.names, label.names.filter((name) => !names.has(name)));
    assertEquals([blank.silence, label.names[label.silence]], [0, set === "61" ? "h#" : "sil"]);
  }
});

Deno.test("24 speakers are for the core test and 50 for development, none for both", () => {
  assertEquals([new Set(coreTestSpeakers).size, new Set(developmentSpeakers).size], [24, 50]);
  assertEquals(coreTestSpeakers.filter((name) => developmentSpeakers.includes(name)), []);
  assertEquals(coreTestSpeakers.filter((name) => name.startsWith("f")).length, 8);
});

Deno.test("the whole corpus has 630 speakers with 8 sentences each, SA1 and SA2 left out", () => {
  for (const [part, { utterances, speakers }] of Object.entries(timitSizes)) {
    assertEquals(utterances, 8 * speakers, part);
  }
  const { train, dev, core, test } = timitSizes;
  assertEquals(train.speakers + test.speakers, 630);
  assertEquals([dev.speakers, core.speakers], [
    developmentSpeakers.length,
    coreTestSpeakers.length,
  ]);
});
