// Looks at a site in Chromium as a reader would. SITE is the folder of the site, HOSTILE
// that of one whose facts are attacks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { launch, watched } from "./browser.mjs";
import { serve } from "./serve.mjs";

const site = process.env.SITE, hostile = process.env.HOSTILE;
assert.ok(site && hostile, "SITE and HOSTILE name the folders to look at");

function files(dir, ending) {
  const found = [];
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) found.push(...files(path, ending));
    else if (name.endsWith(ending)) found.push(path);
  }
  return found.sort();
}
const pages = files(site, ".html").map((p) => relative(site, p));
// One page of each kind is looked at closely; of every page it is seen that it loads.
const first = (folder) => pages.find((p) => p.startsWith(folder)) || assert.fail("no page in " + folder);
const kinds = ["index.html", "projects.html", "languages.html", "languages/rust.html", "map.html", "compare.html", "changes.html", "people.html", "method.html", "data.html", "404.html",
  first("projects/"), first("repositories/"), first("maps/")];
const budget = Number(process.env.PAGES || 40); // pages of a site that are opened, beside one of each kind

let browser, served, attacked;
before(async () => { browser = await launch(); served = await serve(site); attacked = await serve(hostile); });
after(async () => { await browser?.close(); served?.server.close(); attacked?.server.close(); });

async function open(path, options = {}, from = served) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const { page, wrong } = await watched(context, from.origin);
  await page.goto(from.origin + "/" + path);
  return { page, wrong, close: () => context.close() };
}

test("every page loads without an error or a foreign request", async () => {
  const context = await browser.newContext();
  const step = Math.max(1, Math.floor(pages.length / budget));
  for (const path of new Set([...kinds, ...pages.filter((_, i) => i % step === 0)])) {
    const { page, wrong } = await watched(context, served.origin);
    await page.goto(served.origin + "/" + path);
    assert.deepEqual(wrong, [], path);
    assert.ok((await page.locator("h1").innerText()).length > 0, path);
    await page.close();
  }
  await context.close();
});

test("pages are whole without a script", async () => {
  for (const path of kinds) {
    const { page, close } = await open(path, { javaScriptEnabled: false });
    assert.ok(await page.locator("main h1").isVisible(), path);
    assert.equal(await page.locator("form.filter:visible, form.years:visible, .theme:visible").count(), 0, path + " offers what does nothing");
    await close();
  }
});

test("rows are searched, chosen and sorted, and the view is an address", async () => {
  const { page, wrong, close } = await open("projects.html");
  const rows = page.locator("#projects tbody tr:visible");
  const all = await rows.count();
  assert.ok(all > 1);
  const name = await rows.nth(1).locator("th").innerText();
  await page.locator("form.filter input[name=q]").fill(name);
  assert.ok(await rows.count() < all);
  assert.match(page.url(), /q=/);
  await page.reload();
  assert.equal(await page.locator("form.filter input[name=q]").inputValue(), name);
  assert.ok((await rows.count()) < all);
  await page.locator("form.filter input[name=q]").fill("");
  const bytes = async () => (await page.locator("#projects tbody tr:visible").evaluateAll((trs) => trs.map((tr) => [...tr.cells].find((c) => c.cellIndex === 6).dataset.v))).filter(Boolean).map(Number);
  await page.locator("#projects th[data-key=total_bytes] button").click();
  const down = await bytes();
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  await page.locator("#projects th[data-key=total_bytes] button").press("Enter");
  const up = await bytes();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  assert.match(page.url(), /sort=total_bytes/);
  const level = await rows.first().locator("td").first().innerText();
  await page.locator("form.filter select").first().selectOption(level);
  for (const l of await page.locator("#projects tbody tr:visible td:nth-child(2)").allInnerTexts()) assert.equal(l, level);
  assert.deepEqual(wrong, []);
  await close();
});

test("columns and another language are shown when they are asked for", async () => {
  const { page, wrong, close } = await open("projects.html");
  const head = page.locator("#projects th[data-key=maintainers]");
  assert.equal(await head.isVisible(), false);
  await page.locator("details.columns summary").first().click();
  await page.getByLabel("Maintainers", { exact: true }).check();
  assert.equal(await head.isVisible(), true);
  assert.match(page.url(), /columns=.*maintainers/);
  const before = await page.locator("#projects tbody").innerText();
  const choices = await page.locator("form.language option").evaluateAll((all) => all.map((o) => o.value));
  const other = choices.find((c) => c !== "rust");
  await page.locator("form.language select").selectOption(other);
  await page.waitForFunction((was) => document.querySelector("#projects tbody").innerText !== was, before);
  assert.match(page.url(), new RegExp("language=" + other.replace("+", "\\+")));
  assert.deepEqual(wrong, []);
  await close();
});

test("the map moves through the years, by mouse and keyboard", async () => {
  const { page, wrong, close } = await open("map.html");
  const slider = page.locator("form.years input");
  const colours = () => page.locator(".plot svg:visible a rect").evaluateAll((all) => all.map((r) => [...r.classList].sort().join(" ")).join());
  const now = await colours();
  await slider.focus();
  await slider.press("Home");
  assert.notEqual(await colours(), now);
  assert.match(page.url(), /year=\d{4}/);
  await page.reload();
  assert.notEqual(await colours(), now);
  await slider.press("End");
  assert.equal(await colours(), now);
  const tile = page.locator(".plot svg:visible a[href*='projects/']").first();
  await tile.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/projects\//);
  assert.deepEqual(wrong, []);
  await close();
});

test("projects stand side by side", async () => {
  const { page, wrong, close } = await open("compare.html");
  const names = (await page.locator("datalist option").evaluateAll((all) => all.slice(0, 2).map((o) => o.value)));
  for (const n of names) {
    await page.locator("form.compare input").fill(n);
    await page.keyboard.press("Enter");
    await page.locator("#side th", { hasText: n }).waitFor();
  }
  assert.equal((await page.url()).match(/project=/g).length, 2);
  await page.reload();
  await page.locator("#side th", { hasText: names[1] }).waitFor();
  await page.getByRole("button", { name: "Leave out " + names[0] }).click();
  await page.waitForFunction(() => document.querySelectorAll("#side thead th").length === 1);
  assert.deepEqual(wrong, []);
  await close();
});

test("a figure leads to where it was read, by mouse and keyboard", async () => {
  const path = "projects/" + (process.env.PROJECT || pages.find((p) => p.startsWith("projects/")).slice(9));
  const { page, wrong, close } = await open(path);
  const figure = page.locator(".tiles a[href*='#from-trees']").first();
  await figure.focus();
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#from-trees/);
  const place = page.locator("#from-trees + dd a");
  assert.match(await place.first().getAttribute("href"), /^https:\/\/.+\/[0-9a-f]{40}/);
  assert.deepEqual(wrong, []);
  await close();
});

test("the theme is kept", async () => {
  const { page, close } = await open("index.html", { colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.locator(".theme").click();
  assert.notEqual(await ground(), light);
  await page.reload();
  assert.notEqual(await ground(), light);
  await close();
});

test("slash leads to the search", async () => {
  const { page, close } = await open("people.html");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  await close();
});

for (const colorScheme of ["light", "dark"]) {
  test("axe finds nothing in " + colorScheme, async () => {
    for (const path of kinds) {
      for (const width of [360, 1200]) {
        const { page, close } = await open(path, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        await page.locator("details").evaluateAll((all) => all.slice(0, 3).forEach((d) => { d.open = true; }));
        await page.addScriptTag({ content: axe.source });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const said = violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message || "")).join(" | "));
        assert.deepEqual(said, [], path + " at " + width);
        await close();
      }
    }
  });
}

test("nothing is wider than the screen, from a phone to a wide one", async () => {
  for (const path of kinds) {
    for (const width of [360, 768, 1440]) {
      const { page, close } = await open(path, { viewport: { width, height: 900 } });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} at ${width} is ${over} pixels too wide`);
      await close();
    }
  }
});

test("HTML is valid", () => {
  const validate = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:document"], rules: { "long-title": "off", "no-trailing-whitespace": "off", "svg-focusable": "off", "valid-id": "off", "text-content": "off", "prefer-native-element": "off", "no-implicit-button-type": "off", "doctype-style": "off", "attr-quotes": "off", "void-style": "off", "require-sri": "off", "no-inline-style": "error" } });
  for (const path of kinds) {
    const report = validate.validateStringSync(readFileSync(join(site, path), "utf8"));
    const said = report.results.flatMap((r) => r.messages).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    assert.deepEqual(said.slice(0, 5), [], path);
  }
});

test("pages are light", () => {
  const weight = (path) => brotliCompressSync(readFileSync(join(site, path))).length;
  const shared = weight("assets/site.css") + weight("assets/site.js");
  const home = weight("index.html") + shared;
  assert.ok(home <= 60_000, `home: ${home} bytes`);
  let heaviest = ["", 0];
  const size = (path) => statSync(join(site, path)).size;
  for (const path of [...pages].sort((a, b) => size(b) - size(a)).slice(0, 25)) {
    const w = weight(path) + shared;
    if (w > heaviest[1]) heaviest = [path, w];
  }
  assert.ok(heaviest[1] <= 150_000, `${heaviest[0]}: ${heaviest[1]} bytes`);
  assert.ok(statSync(join(site, "assets/site.js")).size <= 12_000);
  console.log(`brotli: home ${home}, heaviest ${heaviest.join(" ")}, script ${statSync(join(site, "assets/site.js")).size} bytes`);
});

test("hostile facts stay words", async () => {
  const context = await browser.newContext();
  for (const path of files(hostile, ".html").map((p) => relative(hostile, p))) {
    const { page, wrong } = await watched(context, attacked.origin);
    await page.goto(attacked.origin + "/" + path.split("/").map(encodeURIComponent).join("/"));
    assert.deepEqual(wrong, [], path);
    const bad = await page.evaluate(() => [...document.querySelectorAll("script:not([src]):not([type='application/json']), iframe, object, embed, [onload], [onerror], [onclick], [style], a[href^='javascript' i], a[href^='data:' i]")].map((e) => e.outerHTML.slice(0, 120)));
    assert.deepEqual(bad, [], path);
    await page.close();
  }
  for (const path of files(hostile, ".svg").map((p) => relative(hostile, p))) {
    const { page, wrong } = await watched(context, attacked.origin);
    await page.goto(attacked.origin + "/" + path.split("/").map(encodeURIComponent).join("/"));
    assert.deepEqual(wrong.filter((w) => !/style-src/.test(w)), [], path);
    await page.close();
  }
  await context.close();
});
