/** One mime bundle: text as one string, JSON mimes as values. */
export type MimeBundle = Record<string, unknown>;

/** One output of a code cell, as nbformat has it, texts joined. */
export type Output =
  | { output_type: "stream"; name: string; text: string }
  | { output_type: "display_data"; data: MimeBundle; metadata: Record<string, unknown> }
  | {
    output_type: "execute_result";
    data: MimeBundle;
    metadata: Record<string, unknown>;
    execution_count: number | null;
  }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** One cell; `outputs` and `execution_count` are there in code cells only. */
export interface Cell {
  cell_type: "code" | "markdown" | "raw";
  id: string;
  metadata: Record<string, unknown>;
  /** The cell's text, without a newline at its end. */
  source: string;
  attachments?: Record<string, unknown>;
  outputs?: Output[];
  execution_count?: number | null;
}

/** A notebook in memory: nbformat 4, lists of lines joined. */
export interface Notebook {
  metadata: Record<string, unknown>;
  cells: Cell[];
}

/** Mime types whose value is a JSON value and not text. */
const JSON_MIME = /^application\/(.*\+)?json$/;

type Raw = Record<string, unknown>;

/**
 * Parses the text of an `.ipynb` file.
 *
 * @param text The file's text.
 * @param name The file's name, for messages.
 * @returns The notebook; cells without an id have an empty one.
 * @throws {SyntaxError} If the text is no JSON, or no notebook of nbformat 4.
 */
export function parseNotebook(text: string, name: string): Notebook {
  let raw: Raw;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${name}: ${(error as Error).message}`);
  }
  if (raw?.nbformat !== 4 || !Array.isArray(raw.cells)) {
    throw new SyntaxError(
      `Cannot read ${name}: expected nbformat 4 with a list of cells, ` +
        `got nbformat ${JSON.stringify(raw?.nbformat)}`,
    );
  }
  return {
    metadata: (raw.metadata ?? {}) as Raw,
    cells: raw.cells.map((cell, i) => parseCell(cell, `${name}, cell ${i + 1}`)),
  };
}

/**
 * Writes a notebook as the text of an `.ipynb` file: nbformat 4.5 in the layout Jupyter itself
 * writes (keys sorted, one space of indentation, texts as lists of lines).
 *
 * @param notebook The notebook.
 * @returns The file's text.
 */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => {
    const { source, outputs, execution_count, ...rest } = cell;
    const raw: Raw = { ...rest, source: splitLines(source) };
    if (cell.cell_type === "code") {
      raw.execution_count = execution_count ?? null;
      raw.outputs = (outputs ?? []).map(splitOutput);
    }
    return raw;
  });
  const raw = { cells, metadata: notebook.metadata, nbformat: 4, nbformat_minor: 5 };
  return JSON.stringify(sortKeys(raw), null, 1) + "\n";
}

function parseCell(raw: Raw, where: string): Cell {
  const type = raw.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    throw new SyntaxError(
      `Cannot read ${where}: unknown cell_type ${JSON.stringify(type)}`,
    );
  }
  const cell: Cell = {
    cell_type: type,
    id: typeof raw.id === "string" ? raw.id : "",
    metadata: (raw.metadata ?? {}) as Raw,
    source: joinLines(raw.source).trimEnd(),
  };
  if (raw.attachments) cell.attachments = raw.attachments as Raw;
  if (type === "code") {
    cell.outputs = ((raw.outputs ?? []) as Raw[]).map(joinOutput);
    cell.execution_count = (raw.execution_count ?? null) as number | null;
  }
  return cell;
}

function joinOutput(raw: Raw): Output {
  const output = { ...raw };
  if ("text" in output) output.text = joinLines(output.text);
  if ("data" in output) output.data = mapBundle(output.data as Raw, joinLines);
  return output as Output;
}

function splitOutput(output: Output): Raw {
  const raw: Raw = { ...output };
  if (output.output_type === "stream") raw.text = splitLines(output.text);
  if ("data" in output) {
    raw.data = mapBundle(output.data, (value) => splitLines(String(value)));
  }
  return raw;
}

function mapBundle(bundle: MimeBundle, text: (value: unknown) => unknown): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map((
      [mime, value],
    ) => [mime, JSON_MIME.test(mime) ? value : text(value)]),
  );
}

function joinLines(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value ?? "");
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sortKeys(v)]),
  );
}
