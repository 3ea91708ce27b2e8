/** Who takes part: how it is started, and how it is installed. */
export interface Contender {
  readonly id: string;
  readonly name: string;
  /** What a person must know of it to read its times. */
  readonly note: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The command that installs it. */
  readonly install?: string;
  /** Whether its numbers are single precision. */
  readonly single: boolean;
  /** Whether it trains with a cross-entropy on padded batches, as it has no CTC. */
  readonly crossEntropy: boolean;
}

/** Where things are on this machine. */
export interface Places {
  /** The deno program. */
  readonly deno: string;
  readonly python: string;
  /** Where Deno keeps what comes from npm. */
  readonly npmCache: string;
}

/** The reference that ratios are taken to. */
export const reference = "ours-simd";

/** All contenders, in the table's order. */
export function contenders({ deno, python, npmCache }: Places): Contender[] {
  const run = ["run", "--quiet", "--no-prompt", "--cached-only"];
  const plainly = { env: {}, single: false, crossEntropy: false };
  const ours = (twin: string, name: string): Contender => ({
    ...plainly,
    id: `ours-${twin}`,
    name: `ours, ${name}`,
    note: "float64, one thread, data drawn in the headline step",
    command: deno,
    args: [...run, "bench/peers/ours.ts", twin],
  });
  const singly = {
    note: "products and activations in float32, one thread, data drawn in the headline step",
    single: true,
  };
  const onTwo = {
    ...ours("two", "SIMD, two workers"),
    note: "float64; a training in pieces, and the batch of CTC as one",
    args: [...run, "--allow-read=lib", "bench/peers/ours.ts", "two"],
  };
  const numpy = (ctc: string, id: string, note: string): Contender => ({
    ...plainly,
    id,
    name: `NumPy, ${note}`,
    note: "float64, one thread, padded, data drawn in the headline step",
    command: python,
    args: ["-B", "bench/peers/numpy_peer.py", "--ctc", ctc],
    env: threads(1),
    install: `${python} -m pip install numpy`,
  });
  const torch = (dtype: "float32" | "float64", all: boolean): Contender => ({
    ...plainly,
    id: `torch-${dtype}-${all ? "all" : "one"}`,
    name: `PyTorch, ${dtype}, ${all ? "all threads" : "one thread"}`,
    note: "nn.LSTM on packed sequences, batch given",
    command: python,
    args: ["-B", "bench/peers/torch_peer.py", "--dtype", dtype],
    env: all ? {} : threads(1),
    install: `${python} -m pip install torch==2.13.0 numpy`,
    single: dtype === "float32",
  });
  const tfjs: Contender = {
    id: "tfjs-wasm",
    name: "TensorFlow.js, wasm",
    note: "float32, one thread, cross-entropy in place of CTC, no clipping, padded, batch given",
    command: deno,
    args: [
      ...run,
      "--config=bench/peers/tfjs/deno.json",
      "--frozen",
      `--allow-read=${npmCache}`,
      "bench/peers/tfjs/peer.ts",
    ],
    env: {},
    install: "deno install --config bench/peers/tfjs/deno.json",
    single: true,
    crossEntropy: true,
  };
  const decoder = (name: string, version: string, note: string, single: boolean): Contender => ({
    ...plainly,
    id: name,
    name,
    note: `prefix beam search alone, nothing pruned; ${note}`,
    command: python,
    args: ["-B", "bench/peers/decoders_peer.py", "--decoder", name],
    env: threads(1),
    install: `${python} -m pip install ${name}==${version} "numpy<2"`,
    single,
  });
  return [
    ours("simd", "SIMD"),
    { ...ours("single", "SIMD, single precision"), ...singly },
    onTwo,
    ours("plain", "plain TypeScript"),
    numpy("sequence", "numpy", "CTC by sequence"),
    numpy("batch", "numpy-batch", "CTC by batch"),
    torch("float32", false),
    torch("float32", true),
    torch("float64", false),
    torch("float64", true),
    {
      ...plainly,
      id: "torchaudio",
      name: "torchaudio, float32, one thread",
      note: "rnnt_loss alone",
      command: python,
      args: ["-B", "bench/peers/torchaudio_peer.py"],
      env: threads(1),
      install: `${python} -m pip install torchaudio==2.11.0`,
      single: true,
    },
    tfjs,
    decoder("fast-ctc-decode", "0.3.7", "float32, one thread, Rust", true),
    decoder("pyctcdecode", "0.5.0", "float64, one thread, Python; a prefix counts twice", false),
  ];
}

/** Environment that holds the usual numeric libraries to n threads. */
function threads(n: number): Record<string, string> {
  const names = ["OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM"];
  return Object.fromEntries(names.map((name) => [`${name}_NUM_THREADS`, String(n)]));
}
