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

/**
 * Starts a worker and waits for its first message, whatever it is, which says that it listens: what
 * is sent before is lost, as its modules may wait for one another.
 *
 * @param url The worker's module.
 * @throws {Error} With the message of what ended it instead.
 */
export function startWorker(url: URL): Promise<Worker> {
  const worker = new Worker(url, { type: "module" });
  return answerOf(worker, () => worker);
}

/**
 * Sends a worker that listens one request.
 *
 * @param read Told of every message that follows; what it makes of the last is the answer, and of
 * those before `undefined`.
 * @throws {Error} With the message of an error that the worker did not catch, which ends it.
 */
export function askWorker<Message, Answer>(
  worker: Worker,
  request: unknown,
  read: (message: Message) => Answer | undefined,
): Promise<Answer> {
  const answer = answerOf(worker, read);
  worker.postMessage(request);
  return answer;
}

function answerOf<Message, Answer>(
  worker: Worker,
  read: (message: Message) => Answer | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      const answer = read(data);
      if (answer !== undefined) resolve(answer);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
}
