import { type ModuleDeclaration, type Node, parse, type Pattern, type Statement } from "acorn";
import { transform } from "sucrase";

/** The name under which a cell's module finds its kernel. */
export const KERNEL = "$kernel";

/**
 * A cell as a module of JavaScript. Types are taken out; an import becomes a request to the kernel;
 * every name that the cell declares becomes a property of the global object, read and written where
 * it lives, so that later cells see it; the value of a last expression is given to the kernel. Lines
 * stay where they are.
 *
 * @param code TypeScript; `await` may stand at its top level.
 * @throws {SyntaxError} If it cannot be read.
 */
export function cellModule(code: string): string {
  const script = transform(code, {
    transforms: ["typescript"],
    disableESTransforms: true,
    keepUnusedImports: true, // they may be used by a later cell
  }).code;
  const { body } = parse(script, { ecmaVersion: "latest", sourceType: "module" });
  const edits: Edit[] = [];
  const names = new Map<string, "let" | "const">();
  for (const statement of body) {
    if (statement.type === "ImportDeclaration") edits.push(importEdit(statement, script, names));
    else if (/^Export/.test(statement.type)) {
      throw new SyntaxError(
        "Cannot run the cell: a cell has no exports, its names are shared anyway",
      );
    } else declare(statement as Statement, names);
  }
  const last = body.at(-1);
  if (last?.type === "ExpressionStatement") {
    const { start, end } = last.expression;
    edits.push({ start, end, text: `await ${KERNEL}.result(${script.slice(start, end)})` });
  }
  const accessors = [...names].map(([name, kind]) =>
    `${name}: { get: () => ${name}, ${kind === "let" ? `set: (v) => { ${name} = v; }, ` : ""}` +
    `configurable: true, enumerable: true }`
  );
  const prologue = names.size === 0
    ? ""
    : `Object.defineProperties(globalThis, { ${accessors.join(", ")} }); `;
  return prologue + edited(script, edits);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  let result = "", at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** `import a, { b as c } from "x"` as `const { default: a, b: c } = await $kernel.import("x", […])`. */
function importEdit(
  node: Extract<ModuleDeclaration, { type: "ImportDeclaration" }>,
  script: string,
  names: Map<string, "let" | "const">,
): Edit {
  const { start, end, specifiers, source } = node;
  for (const { local } of specifiers) names.set(local.name, "const");
  const wholes = specifiers.filter(({ type }) => type === "ImportNamespaceSpecifier");
  const parts = specifiers.flatMap((specifier) => {
    if (specifier.type === "ImportNamespaceSpecifier") return [];
    const imported = specifier.type === "ImportDefaultSpecifier"
      ? "default"
      : specifier.imported.type === "Literal"
      ? String(specifier.imported.value)
      : specifier.imported.name;
    return [{ imported, local: specifier.local.name }];
  });
  const wanted = JSON.stringify(parts.map(({ imported }) => imported));
  const asked = `await ${KERNEL}.import(${JSON.stringify(source.value)}, ${wanted})`;
  const pattern = parts.map(({ imported, local }) => `${JSON.stringify(imported)}: ${local}`).join(
    ", ",
  );
  const statements = [
    ...(wholes.map(({ local }) => `const ${local.name} = ${asked};`)),
    ...(parts.length > 0 ? [`const { ${pattern} } = ${asked};`] : []),
  ];
  const lines = script.slice(start, end).replaceAll(/[^\n]/g, "");
  return { start, end, text: (statements.join(" ") || `${asked};`) + lines };
}

/** Notes the names that a statement declares at the top level. */
function declare(statement: Statement, names: Map<string, "let" | "const">): void {
  switch (statement.type) {
    case "VariableDeclaration": {
      const kind = statement.kind === "const" ? "const" : "let";
      for (const { id } of statement.declarations) {
        for (const name of namesIn(id)) names.set(name, kind);
      }
      break;
    }
    case "FunctionDeclaration":
    case "ClassDeclaration":
      names.set(statement.id.name, "let");
  }
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === "RestElement" ? property.argument : property.value as Pattern)
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => element === null ? [] : namesIn(element));
    case "RestElement":
      return namesIn(pattern.argument);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    default:
      throw new SyntaxError(`Cannot declare ${(pattern as Node).type}`);
  }
}
