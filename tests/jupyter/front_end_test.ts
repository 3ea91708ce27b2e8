import { assertEquals } from "@std/assert";
import { element } from "lib/figures/document.ts";
import { live, type MediaBundle, show } from "lib/jupyter/display.ts";
import { type DisplayOptions, useFrontEnd } from "lib/jupyter/front_end.ts";

/** What a front end is given while `work` displays. */
async function given(
  showsSvg: boolean,
  work: () => Promise<void>,
): Promise<[kinds: string[], options: DisplayOptions][]> {
  const shown: [string[], DisplayOptions][] = [];
  useFrontEnd({
    // deno-lint-ignore require-await -- a front end answers when it has shown it
    async show(bundle: MediaBundle, _metadata, options) {
      shown.push([Object.keys(bundle).sort(), options]);
    },
    showsSvg,
  });
  try {
    await work();
  } finally {
    useFrontEnd(undefined);
  }
  return shown;
}

Deno.test("a front end that shows every SVG gets a figure as it is, any other with a PNG and its title", async () => {
  const figure = element("svg", { width: 4, height: 4, "aria-label": "A finding" });
  assertEquals(await given(true, () => show(figure)), [[["image/svg+xml"], {}]]);
  assertEquals(await given(false, () => show(figure)), [
    [["image/png", "image/svg+xml", "text/plain"], {}],
  ]);
});

Deno.test("live() names its place to the front end, and redraws there from the second time on", async () => {
  const draw = live("curves");
  const shown = await given(true, async () => {
    await draw("<b>1</b>");
    await draw("<b>2</b>");
  });
  assertEquals(shown.map(([, options]) => options), [
    { display_id: "curves", update: false },
    { display_id: "curves", update: true },
  ]);
});

Deno.test("a PNG beside a figure is shown at the figure's width, and nothing else at any", async () => {
  const widths: unknown[] = [];
  for (const showsSvg of [true, false]) {
    useFrontEnd({ show: (_, metadata) => Promise.resolve(void widths.push(metadata)), showsSvg });
    try {
      await show(element("svg", { width: 4.5, height: 3, "aria-label": "A finding" }));
      await show("<b>1</b>");
    } finally {
      useFrontEnd(undefined);
    }
  }
  assertEquals(widths, [{}, {}, { "image/png": { width: 4.5 } }, {}]);
});
