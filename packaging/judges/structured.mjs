// Reads the structured data of pages with the Structured Data Testing Tool and its presets.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import presets from "structured-data-testing-tool/presets.js";
import tool from "structured-data-testing-tool";
import { readTask, report } from "./browser.mjs";

const { Facebook, Google, Twitter } = presets;

const task = await readTask();
for (const { path, schemas } of task.pages) {
  const html = readFileSync(join(task.folder, path), "utf8");
  const options = { presets: [Google, Twitter, Facebook], schemas, auto: true };
  const done = await tool.structuredDataTestHtml(html, options).catch((error) => {
    if (error.type === "VALIDATION_FAILED") return error.res;
    throw error;
  });
  const texts = (tests) => tests.map((test) => `${test.group ?? test.schema}: ${test.test}`);
  report({
    path,
    passed: done.passed.length,
    failed: texts(done.failed),
    warnings: texts(done.warnings),
  });
}
