// The browser of the tests, and what is wrong with a page that was opened in it.
import { chromium } from "playwright-core";

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: quiet });

// watched opens a tab that notes errors, dialogs, and what it asks of other hosts.
export async function watched(context, origin) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") wrong.push("console: " + m.text()); });
  page.on("pageerror", (e) => wrong.push("error: " + e.message));
  page.on("dialog", async (d) => { wrong.push("dialog: " + d.message()); await d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith(origin) && !r.url().startsWith("data:")) wrong.push("asks " + r.url()); });
  page.on("response", (r) => { if (r.status() >= 400) wrong.push(r.status() + " " + r.url()); });
  return { page, wrong };
}
