/**
 * Vigil on AWS: the API, its queues and its evidence. The worker that looks at images is hosted by the operator
 * (`deploy/`) and PostgreSQL is the operator's choice; docs/deploy.md goes through all of it step by step.
 */
export default $config({
  async app(input) {
    const { config } = await import("./infra/config.ts");
    const production = input.stage === "production";
    return {
      name: "vigil",
      home: "aws",
      providers: {
        aws: { version: "7.20.0", region: "eu-west-2" },
        ...(config.EDGE_DOMAIN === undefined ? {} : { cloudflare: "6.15.0" }),
      },
      // What a production stage holds is other people's evidence: it outlives `sst remove`.
      removal: production ? "retain" : "remove",
      protect: production,
    };
  },
  async run() {
    await import("./infra/storage.ts");
    await import("./infra/queue.ts");
    await import("./infra/database.ts");
    const { cdn } = await import("./infra/cdn.ts");
    await import("./infra/api.ts");
    await import("./infra/sign-in.ts");
    await import("./infra/router.ts");
    await import("./infra/edge.ts");
    await import("./infra/subscriber.ts");
    await import("./infra/cron.ts");
    const worker = await import("./infra/worker.ts");
    await import("./infra/web.ts");
    await import("./infra/alarm.ts");
    return { CONSOLE_URL: cdn.url, ...worker.environment, WORKER_USER: worker.user.name };
  },
});
