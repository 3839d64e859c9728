// Opens pages as readers do, and prints whatever they ask of anybody else, and every complaint.
import { launch, readTask, report } from "./browser.mjs";

const task = await readTask();
const browser = await launch(task);
for (const scripts of [true, false]) {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(scripts);
  let path = "";
  const say = (kind, text) => report({ path, scripts, kind, text });
  page.on("request", (request) => {
    const address = request.url();
    if (!task.own.some((start) => address.startsWith(start))) say("stranger", address);
    else report({ kind: "own" });
  });
  // Chromium gives no manifest to pages from files, where nobody could install anything.
  const isRefused = (address) =>
    task.base.startsWith("file:") && address?.endsWith("/site.webmanifest");
  page.on("requestfailed", (request) => {
    // A redirect's page is left before it is whole.
    const { errorText } = request.failure() ?? {};
    if (errorText === "net::ERR_ABORTED" || isRefused(request.url())) return;
    say("complaint", `${errorText} ${request.url()}`);
  });
  page.on("console", (message) => {
    if (!["error", "warn", "issue"].includes(message.type())) return;
    const text = message.text();
    if (isRefused(message.location().url) || isRefused(/'(file:[^']*)'/.exec(text)?.[1])) return;
    say("complaint", text);
  });
  page.on("pageerror", (error) => say("complaint", String(error)));
  for (path of task.pages) {
    await page.goto(task.base + path, { waitUntil: "load" });
    report({ kind: "page" });
  }
  await page.close();
}
await browser.close();
