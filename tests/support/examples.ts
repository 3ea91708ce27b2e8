/** An example in a docstring or a page of text, as it stands. */
export interface Example {
  /** The path of its file in the project. */
  readonly path: string;
  /** The line of its first statement. */
  readonly line: number;
  readonly code: string;
}

/**
 * The examples of a file: what stands between "```ts" and "```", without a docstring's margin.
 *
 * @throws {SyntaxError} If one does not end, or none of the two marks stands on a line of its own.
 */
export function examplesOf(path: string, text: string): Example[] {
  const margin = path.endsWith(".md") ? /^/ : /^ *\* ?/;
  const examples: Example[] = [];
  let code: string[] | undefined;
  for (const [n, line] of text.split("\n").entries()) {
    const bare = line.replace(margin, "");
    if (code !== undefined) {
      if (bare.trim() !== "```") code.push(bare);
      else {
        examples.push({ path, line: n - code.length + 1, code: code.join("\n") });
        code = undefined;
      }
    } else if (bare.trim() === "```ts" && (line !== bare || path.endsWith(".md"))) code = [];
    else if (bare.trim() === "```ts ignore") continue; // as in `deno test --doc`: it needs permissions
    else if (/^ *(\* *)?```(ts|js|typescript|javascript)\b/.test(line)) {
      throw new SyntaxError(`${path}, line ${n + 1}: an example must begin with "\`\`\`ts" alone`);
    }
  }
  if (code !== undefined) throw new SyntaxError(`${path}: an example does not end`);
  return examples;
}

/** A module with the example as a test: its imports first, the rest as the test's body. */
export function moduleOf({ path, line, code }: Example): string {
  const IMPORT = /^import\b[^;]*;$/gm;
  const here = new URL(`../../${path}`, import.meta.url);
  const imports = (code.match(IMPORT) ?? []).map((statement) =>
    statement.replace(/"(\.[^"]*)"/, (_, place) => JSON.stringify(new URL(place, here).href))
  );
  return `// @ts-nocheck Types are checked where the example stands, by \`deno check --doc\`.
${imports.join("\n")}
Deno.test("the example of ${path}, line ${line}", async () => {
${code.replace(IMPORT, "")}
});
`;
}
