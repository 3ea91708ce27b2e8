import { assertThrows } from "@std/assert";
import { checkEquations } from "lib/jupyter/runner/format_cells.ts";

Deno.test("checkEquations() accepts equations that moved in white space only", () => {
  checkEquations("$$\na\n= b\n$$ and $x_t$", "$$ a = b $$ and $x_t$", "cell 1");
});

Deno.test("checkEquations() refuses a term that became a list", () => {
  assertThrows(
    () => checkEquations("$$\na\n+ b\n$$", "$$ a\n\n- b $$", "a.ipynb, cell 1"),
    SyntaxError,
    "a.ipynb, cell 1: deno fmt would change the equation $$a+b$$",
  );
});

Deno.test("checkEquations() passes over dollars in code", () => {
  checkEquations("`${a}` and ```\n$b$\n```", "`${c}`", "cell 1");
});
