/**
 * Carries out the steps of a Dockerfile's stage in ordinary folders, without a container engine: `COPY` copies, `RUN`
 * runs in a shell, with the stage's root in the place of `/`. The base image is whatever this machine has, so this
 * proves the steps and what they leave, not the base image.
 */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { DockerfileParser, type Instruction } from "dockerfile-ast";

export type Stage = {
  /** Stands for `/`. */
  root: string;
  workdir: string;
  environment: Record<string, string>;
  user: { uid: number; gid: number } | undefined;
  entrypoint: string[];
  command: string[];
  healthcheck: string[];
};

type Options = {
  repository: string;
  /** Where the stages' roots are made. */
  folder: string;
  runSecondsMax: number;
  onStep: (step: string) => void;
};

export async function buildStage(dockerfile: string, target: string, options: Options): Promise<Stage> {
  const text = await readFile(path.join(options.repository, dockerfile), "utf8");
  const instructions = DockerfileParser.parse(text).getInstructions();
  const built = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const instruction of instructionsFor(instructions, target)) {
    if (instruction.getKeyword() === "FROM") {
      const [base, , name] = instruction.getArguments().map((argument) => argument.getValue());
      stage = await openStage(path.join(options.folder, name ?? target), built.get(base ?? ""));
      built.set(name ?? target, stage);
      continue;
    }
    if (!stage) throw new Error(`expected FROM first, got ${instruction.getKeyword()}`);
    await carryOut(instruction, stage, built, options);
  }
  if (!stage) throw new Error(`${dockerfile} has no stage ${target}`);
  return stage;
}

/** The target's stage and those that it stands on or copies from, in the file's order. */
function instructionsFor(instructions: Instruction[], target: string): Instruction[] {
  const stages = new Map<string, Instruction[]>();
  for (const instruction of instructions) {
    if (instruction.getKeyword() === "FROM") {
      stages.set(instruction.getArguments().at(-1)?.getValue() ?? "", []);
    }
    stages.get([...stages.keys()].at(-1) ?? "")?.push(instruction);
  }
  const needed = new Set<string>();
  const require = (name: string) => {
    if (needed.has(name) || !stages.has(name)) return;
    for (const instruction of stages.get(name) ?? []) {
      if (instruction.getKeyword() === "FROM") require(instruction.getArguments()[0]?.getValue() ?? "");
      const from = /--from=(\S+)/.exec(instruction.toString())?.[1];
      if (from) require(from);
    }
    needed.add(name);
  };
  require(target);
  return [...stages].filter(([name]) => needed.has(name)).flatMap(([, list]) => list);
}

async function openStage(root: string, base: Stage | undefined): Promise<Stage> {
  await mkdir(root, { recursive: true });
  // A temporary folder is closed to other users; the image's own user must get in.
  await chmod(root, 0o755);
  if (!base) {
    return {
      root,
      workdir: "/",
      environment: {},
      user: undefined,
      entrypoint: [],
      command: [],
      healthcheck: [],
    };
  }
  await copyTree(base.root, root);
  return { ...base, environment: { ...base.environment }, root };
}

/** By hard links: no step changes a file in place, and the dependencies are thousands of files. */
async function copyTree(from: string, to: string) {
  await mkdir(to, { recursive: true });
  await promisify(execFile)("cp", ["-al", `${from}/.`, to]);
}

async function carryOut(instruction: Instruction, stage: Stage, built: Map<string, Stage>, options: Options) {
  const content = instruction.getArgumentsContent() ?? "";
  switch (instruction.getKeyword()) {
    case "WORKDIR":
      stage.workdir = content;
      await mkdir(path.join(stage.root, content), { recursive: true });
      return;
    case "ENV":
      for (const [, name = "", value = ""] of content.matchAll(/(\w+)=(\S+)/g)) {
        stage.environment[name] = value;
      }
      return;
    case "USER": {
      const [uid, gid] = content.split(":").map(Number);
      if (uid !== undefined && gid !== undefined) stage.user = { uid, gid };
      return;
    }
    case "ENTRYPOINT":
      stage.entrypoint = JSON.parse(content) as string[];
      return;
    case "CMD":
      stage.command = JSON.parse(content) as string[];
      return;
    case "HEALTHCHECK":
      stage.healthcheck = JSON.parse(content.slice(content.indexOf("["))) as string[];
      return;
    case "COPY":
      options.onStep(instruction.toString());
      await copy(instruction, stage, built, options.repository);
      return;
    case "RUN":
      options.onStep(instruction.toString());
      await run(content, stage, options.runSecondsMax);
      return;
    case "EXPOSE":
    case "STOPSIGNAL":
    case "VOLUME":
      return;
    default:
      throw new Error(`expected an instruction that this check knows, got ${instruction.toString()}`);
  }
}

async function copy(instruction: Instruction, stage: Stage, built: Map<string, Stage>, repository: string) {
  const values = instruction.getArguments().map((argument) => argument.getValue());
  const sources = values.filter((value) => !value.startsWith("--")).slice(0, -1);
  const to = values.at(-1) ?? "";
  const from = /--from=(\S+)/.exec(instruction.toString())?.[1];
  const sourceRoot = from ? built.get(from)?.root : repository;
  if (!sourceRoot) throw new Error(`${instruction.toString()}: there is no stage ${from}`);
  const target = path.resolve(stage.root, `.${path.resolve(stage.workdir, to)}`);
  for (const source of sources) {
    if (from) {
      await copyTree(path.join(sourceRoot, source), target);
      continue;
    }
    await cp(
      path.join(sourceRoot, source),
      to.endsWith("/") ? path.join(target, path.basename(source)) : target,
      {
        recursive: true,
        verbatimSymlinks: true,
        // As .dockerignore has it.
        filter: (file) => !/(\.test\.ts$|\/node_modules$)/.test(file),
      },
    );
  }
}

/** Absolute paths of the command are taken to be below the stage's root. Without root, nothing changes its owner. */
async function run(command: string, stage: Stage, secondsMax: number) {
  const rooted = command.replaceAll(/(?<=\s)\/(?=\w)/g, `${stage.root}/`);
  const permitted = process.getuid?.() === 0 ? rooted : rooted.replaceAll(/\bchown\b/g, "true");
  try {
    await promisify(execFile)("sh", ["-ec", permitted], {
      cwd: path.join(stage.root, stage.workdir),
      env: { ...process.env, ...stage.environment },
      timeout: secondsMax * 1000,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`RUN ${command} failed:\n${stderr?.slice(0, 2000) ?? String(error)}`, { cause: error });
  }
}
