import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { readAddress } from "../access/read-address.ts";
import { fetchPicture, followPictures } from "./fetch-pictures.ts";

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
const signal = () => AbortSignal.timeout(30_000);

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: readAddress(`http://me:p%40ss@127.0.0.1:${port}/picture?channel=1`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe("a picture of a camera", () => {
  it("is fetched with the digest that the camera asks for", async () => {
    const shown: (string | undefined)[] = [];
    await using camera = await serve((request, response) => {
      shown.push(request.headers.authorization);
      if (request.headers.authorization) response.end(jpeg);
      else response.writeHead(401, { "www-authenticate": 'Digest realm="cam", nonce="n", qop="auth"' }).end();
    });
    assert.deepEqual(await fetchPicture(camera.address, signal()), jpeg);
    assert.equal(shown[0], undefined, "no password before it is asked for");
    assert.match(shown[1] ?? "", /^Digest username="me".*uri="\/picture\?channel=1"/);
  });

  it("is not looked for where the camera points to, nor taken for one when it is something else", async () => {
    await using camera = await serve((request, response) => {
      if (request.url === "/elsewhere") response.end(jpeg);
      else response.writeHead(302, { location: "/elsewhere" }).end();
    });
    await assert.rejects(fetchPicture(camera.address, signal()));
    await using page = await serve((_, response) => response.end("<html>busy</html>"));
    await assert.rejects(fetchPicture(page.address, signal()), /is no JPEG/);
    await using endless = await serve((_, response) => {
      const fill = () => {
        while (response.write(Buffer.alloc(65_536, 1)));
      };
      response.on("drain", fill);
      fill();
    });
    await assert.rejects(fetchPicture(endless.address, signal()), /is no JPEG of at most/);
    await using locked = await serve((_, response) =>
      response.writeHead(401, { "www-authenticate": "Basic" }).end(),
    );
    await assert.rejects(fetchPicture(locked.address, signal()), /401: the name or the password/);
  });

  it("comes in a row that does not end, until the camera ends it", async () => {
    await using camera = await serve((_, response) => {
      for (let count = 0; count < 3; count++) {
        response.write(Buffer.concat([Buffer.from("--x\r\n\r\n"), jpeg]));
      }
      response.end();
    });
    const seen: Buffer[] = [];
    await followPictures(camera.address, (picture) => seen.push(picture), signal());
    assert.deepEqual(seen, [jpeg, jpeg, jpeg]);
  });
});
