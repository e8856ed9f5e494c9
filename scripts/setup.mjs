/**
 * Installs what the project needs, when it needs it: run before `npm start` and `npm test`.
 *
 * Plain JavaScript without dependencies, because it runs before there are any, on whichever Node the machine has.
 * When nothing is to do it compares two hashes and returns at once.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const modules = path.join(root, "node_modules");
const stampFile = path.join(modules, ".vigil-install.json");
const lockFile = path.join(root, ".vigil", "install.lock");

const nodeMajorMin = 20;
const freeMegabytesMin = 2_048;
const waitMsMax = 15 * 60 * 1000;

class SetupError extends Error {}

/** What one installation depends on: the lock file, npm's settings and the platform's binaries. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const name of ["package-lock.json", ".npmrc"]) {
    const file = path.join(root, name);
    hash.update(fs.existsSync(file) ? fs.readFileSync(file) : "absent");
  }
  return hash.update(`${process.platform}-${process.arch}`).digest("hex");
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Whether npm's own record of `node_modules` names every package of the lock file in its version, so that an
 * installation by hand (`npm install`) is not thrown away. npm writes that record last.
 */
function recordMatches() {
  const wanted = readJson(path.join(root, "package-lock.json"))?.packages;
  const present = readJson(path.join(modules, ".package-lock.json"))?.packages;
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([where, entry]) => {
    if (!where.includes("node_modules/") || entry.link) return true;
    const found = present[where];
    if (!found) return entry.optional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Linux tells when a process started, which tells a process from a later one with the same id. */
function startedAt(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive(holder) {
  if (!holder?.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return startedAt(holder.pid) === holder.startedAt;
}

const holderOf = (pid) => ({ pid, startedAt: startedAt(pid) });

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** A line that rewrites itself in a terminal, and appears every ten seconds elsewhere. */
function progress(text) {
  const startMs = Date.now();
  let sinceLine = 0;
  const show = () => {
    const line = `  ${text()} (${Math.round((Date.now() - startMs) / 1000)} s)`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line}`);
    else if (sinceLine++ % 20 === 0) say(line);
  };
  show();
  const timer = setInterval(show, 500);
  return () => {
    clearInterval(timer);
    if (process.stdout.isTTY) process.stdout.write("\r\u001b[2K");
  };
}

/** Takes the lock and returns whether an earlier holder left its work unfinished; waits while another one works. */
async function takeLock() {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true });
  const deadlineMs = Date.now() + waitMsMax;
  let stopProgress;
  let interrupted = false;
  for (;;) {
    try {
      fs.writeFileSync(lockFile, JSON.stringify({ setup: holderOf(process.pid) }), { flag: "wx" });
      // Two that both found a stale lock may each remove one; whoever wrote last keeps it.
      if (interrupted) await new Promise((resolve) => setTimeout(resolve, 100));
      if (readJson(lockFile)?.setup.pid === process.pid) {
        stopProgress?.();
        return interrupted;
      }
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const held = readJson(lockFile);
    // The npm of a set-up that was killed may still be writing.
    const writer = [held?.setup, held?.npm].find(isAlive);
    if (writer) {
      stopProgress ??= progress(() => `Another set-up is at work (process ${writer.pid}); waiting for it`);
      if (Date.now() > deadlineMs) {
        throw new SetupError(
          `Process ${writer.pid} has been installing for over ${waitMsMax / 60_000} minutes. End it and run this again.`,
        );
      }
    } else if (held || Date.now() - fs.statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs > 2_000) {
      interrupted = true;
      fs.rmSync(lockFile, { force: true });
      continue;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function freeMegabytes() {
  const { bavail, bsize } = fs.statfsSync(root);
  return Math.floor((bavail * bsize) / 1024 ** 2);
}

/** Says in plain words why npm failed and what to do. */
function explain(output) {
  const registry = /(?:request to|fetch) (https?:\/\/[^/\s]+)/i.exec(output)?.[1] ?? "the package registry";
  if (/ENOSPC/.test(output)) return "The disk is full. Free about 2 GB and run this again.";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return `npm cannot reach ${registry}. Check the network, a proxy, and \`npm config get registry\`; then run this again.`;
  }
  if (/E401|E403/.test(output)) {
    return `${registry} refuses access. Check \`npm config get registry\` and its token.`;
  }
  if (/EACCES|EPERM/.test(output)) {
    return `npm may not write to ${root}. Run as the user who owns it, or give that user the folder.`;
  }
  if (/EUSAGE/.test(output)) {
    return "package-lock.json does not match package.json. Run `npm install`, or check out both from one commit.";
  }
  if (/EINTEGRITY/.test(output)) {
    return "A package differs from the lock file's checksum. Run `npm cache verify`; if it stays, do not trust the registry.";
  }
  return "npm ci failed.";
}

/** npm says what is wrong first, and how to use it at length afterwards. */
function firstLines(output) {
  const lines = output.split("\n").filter((line) => line.replace(/^npm (error|ERR!)/, "").trim() !== "");
  return lines.slice(0, 12).join("\n");
}

function refuseUnfit() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < nodeMajorMin) {
    throw new SetupError(
      `Node ${nodeMajorMin} or later is needed, this is ${process.version}. Install a current one: https://nodejs.org`,
    );
  }
  const freeMb = freeMegabytes();
  if (freeMb < freeMegabytesMin) {
    throw new SetupError(
      `About 2 GB of free disk are needed in ${root}, there are ${freeMb} MB. Free some and run this again.`,
    );
  }
}

/** Runs `npm ci`, which empties `node_modules` first, so that what an interrupted installation left is gone. */
async function install() {
  refuseUnfit();
  say(
    fs.existsSync(modules) ? "Dependencies have changed; installing." : "First run: installing dependencies.",
  );
  const npmCli = process.env.npm_execpath;
  const byNode = npmCli?.endsWith(".js");
  const child = spawn(
    byNode ? process.execPath : "npm",
    [
      ...(byNode ? [npmCli] : []),
      "ci",
      "--include=dev",
      "--include=optional",
      "--ignore-scripts=false",
      "--loglevel=error",
    ],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: !byNode && process.platform === "win32" },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  }
  const freeBefore = freeMegabytes();
  const stopProgress = progress(
    () => `Installing packages, ${Math.max(0, freeBefore - freeMegabytes())} MB so far`,
  );
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(`npm does not start: ${error.message}`));
    child.on("close", (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)));
  });
  fs.writeFileSync(lockFile, JSON.stringify({ setup: holderOf(process.pid), npm: holderOf(child.pid) }));
  // Ctrl-C reaches npm too; waiting for its end keeps the lock until nothing writes any more.
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    child.kill("SIGTERM");
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const failure = await ended;
  stopProgress();
  if (interrupted) throw new SetupError("Interrupted. Run it again: it starts over and loses nothing.");
  if (failure) throw new SetupError(`${explain(output)}\n\n${firstLines(output)}\n(${failure})`);
}

async function main() {
  const startMs = Date.now();
  const wanted = fingerprint();
  if (readJson(stampFile)?.fingerprint === wanted && !fs.existsSync(lockFile)) return;
  const interrupted = await takeLock();
  try {
    const fresh = readJson(stampFile)?.fingerprint === wanted;
    if (interrupted || (!fresh && !recordMatches())) {
      await install();
      say(`  Installed in ${Math.round((Date.now() - startMs) / 1000)} s.`);
    }
    fs.mkdirSync(modules, { recursive: true });
    fs.writeFileSync(stampFile, `${JSON.stringify({ fingerprint: wanted })}\n`);
  } catch (error) {
    fs.rmSync(stampFile, { force: true });
    throw error;
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\nSet-up stopped. ${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
