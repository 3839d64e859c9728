// What the judges share that look at pages in Chromium: one browser, and the site at its address.
import { rmSync } from "node:fs";
import puppeteer from "puppeteer-core";

export async function readTask() {
  let text = "";
  for await (const part of process.stdin) text += part;
  return JSON.parse(text);
}

export function report(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}

export async function launch(task) {
  rmSync(task.profile, { recursive: true, force: true });
  return puppeteer.launch({
    executablePath: task.chromium,
    userDataDir: task.profile,
    headless: true,
    args: [
      // Root has no sandbox, and all that is read here is our own.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--ignore-certificate-errors",
      `--host-resolver-rules=MAP ${task.host}:443 127.0.0.1:${task.port},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`,
    ],
  });
}

// A redirect leads on at once: to look at the page itself, the page it leads to is not opened.
export async function stayOn(page, address) {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const leaves =
      request.isNavigationRequest() && request.frame() === page.mainFrame() &&
      request.url().split("#")[0] !== address.split("#")[0];
    if (leaves) request.abort("aborted");
    else request.continue();
  });
}
