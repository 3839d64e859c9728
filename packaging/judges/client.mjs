// Generate a TypeScript client from an API's description, compile it, and read the API with it.
//
// The task has the address of a served API (`url`), the folder of its files (`folder`), and their
// paths. Prints one object: how many documents were read, and what is wrong.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { createClient } from "@hey-api/openapi-ts";

const task = JSON.parse(readFileSync(0, "utf8"));
const folder = path.resolve("client");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const description = path.join(task.folder, "openapi.json");
await createClient({
  input: description,
  output: { path: path.join(folder, "generated"), module: { extension: ".js" } },
  logs: { level: "silent" },
  plugins: [
    "@hey-api/typescript",
    "@hey-api/client-fetch",
    { name: "zod", responses: true },
    { name: "@hey-api/sdk", validator: true },
  ],
});
cpSync("read_api.ts", path.join(folder, "read_api.ts"));
writeFileSync(path.join(folder, "package.json"), '{"type": "module"}');
const compilerOptions = {
  target: "es2022", module: "nodenext", strict: true, skipLibCheck: true, outDir: "built",
  rootDir: ".", types: ["node"],
};
writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "generated"] }));

const wrong = [];
let read = 0;
try {
  execFileSync(process.execPath, [path.resolve("node_modules/typescript/bin/tsc"), "-p", folder]);
} catch (error) {
  wrong.push(...String(error.stdout).trim().split("\n"));
}
if (!wrong.length) {
  const { readDocument } = await import(path.join(folder, "built", "read_api.js"));
  const { paths } = JSON.parse(readFileSync(description, "utf8"));
  const operations = Object.keys(paths).sort().map((template) => {
    const pattern = template.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    return [new RegExp(`^${pattern}$`), paths[template].get.operationId];
  });
  for (const file of task.paths) {
    const found = operations.find(([pattern]) => pattern.test(`/${file}`));
    if (!found) {
      wrong.push(`${file}: no operation reads it`);
      continue;
    }
    const parameters = { ...found[0].exec(`/${file}`).groups };
    for (const name of ["page", "number"]) {
      if (name in parameters) {
        parameters[name] = Number(parameters[name]);
      }
    }
    try {
      await readDocument(task.url, found[1], parameters);
      read++;
    } catch (error) {
      wrong.push(`${file}: ${error.message}`);
    }
  }
}
console.log(JSON.stringify({ read, wrong }));
