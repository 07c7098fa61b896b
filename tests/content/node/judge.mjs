// Judges programs as a page does, under Node: a job on stdin ({worker, runner, patience, files, exercises, programs}), verdicts on stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const job = JSON.parse(readFileSync(0, "utf8"));
const { Runner } = await import(pathToFileURL(job.runner));

function spawn() {
  const worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData: String(pathToFileURL(job.worker)) });
  const machine = { postMessage: (order) => worker.postMessage(order), terminate: () => worker.terminate() };
  worker.on("message", (data) => machine.onmessage({ data }));
  worker.on("error", (error) => machine.onerror({ message: String(error) }));
  return machine;
}

const found = new Array(job.programs.length);
let next = 0;

// Two at a time; each run has a MicroPython of its own anyway.
async function work() {
  const runner = new Runner(spawn, job.files, { patience: job.patience });
  for (let at = next++; at < found.length; at = next++) {
    const { exercise, source } = job.programs[at];
    const { verdict, run } = await runner.judge(job.exercises[exercise], source);
    found[at] = { verdict, events: run.events, error: run.error, printed: run.printed };
  }
  runner.dispose();
}

await Promise.all([work(), work()]);
process.stdout.write(JSON.stringify(found));
