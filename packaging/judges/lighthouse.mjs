// Runs Lighthouse on pages, three times each, and prints the scores and the audits that failed.
import lighthouse from "lighthouse";
import { pageFunctions } from "lighthouse/core/lib/page-functions.js";
import { launch, readTask, report } from "./browser.mjs";

const FLAGS = {
  onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
  logLevel: "error",
  output: "json",
};

// Lighthouse slows the processor down by 4, so that a fast desktop is like a phone of the middle
// class. It asks to do so less on a slower or busier computer, and its calculator says how much
// (https://lighthouse-cpu-throttling-calculator.vercel.app).
async function slowdown(page) {
  const indexes = [];
  for (let i = 0; i < 3; i++) indexes.push(await page.evaluate(pageFunctions.computeBenchmarkIndex));
  const index = indexes.sort((a, b) => a - b)[1];
  if (index >= 1300) return Math.min(4, 3 + (index - 1300) / 233);
  return index >= 800 ? 2 + (index - 800) / 500 : Math.max(1, 1 + (index - 150) / 650);
}

const task = await readTask();
const browser = await launch(task);
for (const path of task.pages)
  for (let run = 0; run < task.runs; run++) {
    const page = await browser.newPage();
    const cpuSlowdownMultiplier = await slowdown(page);
    const flags = { ...FLAGS, throttling: { cpuSlowdownMultiplier } };
    const { lhr } = await lighthouse(task.url + path, flags, undefined, page);
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
    report({ path, scores, failed, slowdown: lhr.configSettings.throttling.cpuSlowdownMultiplier });
    await page.close();
  }
await browser.close();
