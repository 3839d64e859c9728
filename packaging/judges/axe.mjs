// Runs axe-core on pages: light and dark, on a phone and on a screen. Prints what it finds.
import axe from "axe-core";
import { launch, readTask, report, stayOn } from "./browser.mjs";

const OPTIONS = {
  resultTypes: ["violations", "incomplete"],
  rules: { "target-size": { enabled: true } }, // WCAG 2.2, which axe leaves off by itself
};

const task = await readTask();
const browser = await launch(task);
for (const { path, query, waitFor } of task.pages) {
  const page = await browser.newPage();
  const address = new URL(path + (query ?? ""), task.url).href;
  await stayOn(page, address);
  await page.goto(address, { waitUntil: "load" });
  if (waitFor) await page.waitForSelector(waitFor, { timeout: 20_000 });
  await page.evaluate(axe.source);
  for (const width of [390, 1280]) {
    await page.setViewport({ width, height: 900 });
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: scheme },
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
      const found = await page.evaluate((options) => axe.run(document, options), OPTIONS);
      for (const kind of ["violations", "incomplete"])
        for (const rule of found[kind])
          for (const node of rule.nodes) {
            const why = [...node.any, ...node.all, ...node.none].map((check) => check.message);
            const html = node.html.slice(0, 160);
            report({ path, width, scheme, kind, rule: rule.id, target: node.target, html, why });
          }
      report({ path, width, scheme, kind: "done" });
    }
  }
  await page.close();
}
await browser.close();
