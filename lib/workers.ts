/**
 * Runs work(0) … work(n - 1), at most `workers` of them at a time, begun in this order.
 */
export async function inLanes(
  n: number,
  workers: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < n) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(workers, n) }, lane));
}

/** How a worker that `startWorker` started ends, and what it is about. */
interface Watch {
  /** Never fulfilled; rejected with what ended the worker. */
  readonly ended: Promise<never>;
  /** Ends the worker, for this reason. */
  readonly end: (reason: unknown) => void;
  /** Whether a request waits for its answer. */
  busy: boolean;
}

const watches = new WeakMap<Worker, Watch>();

/**
 * Runs in a worker ahead of its module, which is the worker's name. Deno tells nobody of a worker
 * that closes itself: here this is an error, and an error is heard.
 */
const prologue = `data:text/javascript,${
  encodeURIComponent(`
const say = self.postMessage.bind(self);
let spoken = false;
self.postMessage = (...message) => { say(...message); spoken = true; };
const end = (how) => {
  const error = new Error("the worker " + how);
  queueMicrotask(() => { throw error; });
  return error;
};
self.close = () => { end("closed itself"); };
Deno.exit = (code = Deno.exitCode) => { throw end("ended itself with exit code " + code); };
await import(self.name);
if (!spoken) throw new Error("the worker's module has ended without a message that it listens");
`)
}`;

/**
 * Starts a worker and waits for its first message, whatever it is, which says that it listens: what
 * is sent before is lost, as its modules may wait for one another.
 *
 * @param url The worker's module; it sends that message before its evaluation ends.
 * @param options `seconds` that it may take, defaults to 30.
 * @throws {Error} With the message of what ended it instead, or that its time is over.
 */
export async function startWorker(
  url: URL,
  options: { seconds?: number } = {},
): Promise<Worker> {
  const { seconds = 30 } = options;
  const worker = new Worker(prologue, { type: "module", name: url.href });
  const watch = watched(worker);
  const { end } = watch;
  const late = setTimeout(
    () => end(new Error(`the worker does not say within ${seconds} s that it listens`)),
    seconds * 1000,
  );
  try {
    return await answerOf(worker, watch, () => worker);
  } finally {
    clearTimeout(late);
  }
}

/**
 * Sends a worker that listens one request. Whatever goes wrong also ends the worker.
 *
 * @param worker From {@linkcode startWorker}.
 * @param read Told of every message that follows; what it makes of the last is the answer, and of
 * those before `undefined`.
 * @throws {Error} With the message of what ended the worker, now or before: an error that it did
 * not catch, its closing itself, its being terminated; a message that cannot be read.
 * @throws {TypeError} If it has not yet answered the request before.
 */
export async function askWorker<Message, Answer>(
  worker: Worker,
  request: unknown,
  read: (message: Message) => Answer | undefined,
): Promise<Answer> {
  const watch = watches.get(worker);
  if (watch === undefined) {
    throw new TypeError("Cannot ask a worker that startWorker did not start");
  }
  if (watch.busy) {
    throw new TypeError("Cannot ask a worker as it must answer one request at a time");
  }
  const answer = answerOf(worker, watch, read);
  try {
    worker.postMessage(request);
  } catch (error) {
    watch.end(error);
  }
  return await answer;
}

async function answerOf<Message, Answer>(
  worker: Worker,
  watch: Watch,
  read: (message: Message) => Answer | undefined,
): Promise<Answer> {
  watch.busy = true;
  const answer = new Promise<Answer>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      try {
        const answer = read(data);
        if (answer !== undefined) resolve(answer);
      } catch (error) {
        watch.end(error);
      }
    };
  });
  try {
    return await Promise.race([watch.ended, answer]);
  } finally {
    watch.busy = false;
  }
}

function watched(worker: Worker): Watch {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {}); // between two requests nobody waits for it
  const terminate = worker.terminate.bind(worker);
  const end = (reason: unknown) => {
    reject(reason);
    terminate();
  };
  worker.terminate = () => end(new Error("the worker was terminated"));
  worker.onerror = (event) => {
    event.preventDefault();
    end(new Error(event.message));
  };
  worker.onmessageerror = () => end(new Error("the worker sent a message that cannot be read"));
  const made = { ended, end, busy: false };
  watches.set(worker, made);
  return made;
}
