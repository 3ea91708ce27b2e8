import { assertEquals } from "@std/assert";
import { imported } from "../../web/build/live_files.ts";

Deno.test("imported() reads what cells import, by its path in the repository", () => {
  assertEquals(
    imported([
      'import { a } from "lib/mod.ts";\nimport {\n  b,\n} from "../bench/b.ts";\nconst c = "from";',
      'import d from "../tests/d.json" with { type: "json" };\nimport { e } from "lib/mod.ts";',
    ]),
    ["bench/b.ts", "lib/mod.ts", "tests/d.json"],
  );
});
