// Runs Lighthouse on pages, three times each, and prints the scores and the audits that failed.
import lighthouse from "lighthouse";
import { launch, readTask, report } from "./browser.mjs";

const FLAGS = {
  onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
  logLevel: "error",
  output: "json",
};

const task = await readTask();
const browser = await launch(task);
for (const path of task.pages)
  for (let run = 0; run < task.runs; run++) {
    const page = await browser.newPage();
    const { lhr } = await lighthouse(task.url + path, FLAGS, undefined, page);
    const scores = {};
    const failed = [];
    for (const [name, category] of Object.entries(lhr.categories)) {
      scores[name] = Math.round((category.score ?? 0) * 100);
      for (const { id, weight } of category.auditRefs) {
        const { score, title, displayValue, explanation, details } = lhr.audits[id];
        if (weight && score !== null && score < (name === "performance" ? 0.9 : 1)) {
          const items = details?.items?.length ? JSON.stringify(details.items).slice(0, 300) : "";
          const words = [title, displayValue, explanation, items].filter(Boolean);
          failed.push(`${name}: ${words.join(" ")}`);
        }
      }
    }
    report({ path, scores, failed });
    await page.close();
  }
await browser.close();
